import type { Json } from '../../domain/json.ts';

/**
 * What a value holds that may be JSON in a text, which emitters use for all that is not a plain value. A text that is not
 * JSON, or was cut off, stays as it is.
 */
export function embeddedJson(value: Json): Json {
  if (typeof value !== 'string' || !startsLikeJson(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** Objects, arrays and quoted texts. A bare number or word is left a text: it may be an id. */
function startsLikeJson(text: string): boolean {
  const first = text.trimStart()[0];
  return first === '{' || first === '[' || first === '"';
}
