import type { JsonObject } from '../../domain/json.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

export function isForm(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === FORM_TYPE;
}

/** The fields of a form as a browser sends it, all of them texts; one that comes more than once is a list. */
export function fieldsOf(text: string): JsonObject {
  const fields = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
