import { z } from 'zod';

type Node = {
  type?: string;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: Node | boolean;
  anyOf?: Node[];
  oneOf?: Node[];
  const?: unknown;
  enum?: unknown[];
  $ref?: string;
  $defs?: Record<string, Node>;
};

/**
 * A field of a schema as its reference page names it, and the values it may have where they are fixed. `kinds`: what it may
 * be, in words, a variant each. `given`: what it is where it is left out, as JSON, `required`, or `null` where the schema does not say.
 */
export type SchemaField = { path: string; literals: string[]; kinds: string[]; given: string | null };

/**
 * Every field of a schema, as an author writes it: `world.faults[].call`, `expect.effects[].columns.*` for the values
 * of a record. The variants of a union share their paths; a variant's tag is a literal of its field. A schema with an
 * id of its own (`Condition`) is told once: its fields are `Condition.on`, and where it is used the walk ends, as it does
 * at what refers back to itself (any JSON).
 */
export function schemaFields(schema: z.ZodType): SchemaField[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  const named = Object.entries(root.$defs ?? {}).filter(([id]) => !id.startsWith('__'));
  const fields = [...fieldsOf(root, ''), ...named.flatMap(([id, node]) => fieldsOf(node, id))];
  const byPath = Map.groupBy(fields, (field) => field.path);
  return [...byPath].map(([path, fields]) => ({
    path,
    literals: fields.flatMap((field) => field.literals),
    kinds: [...new Set(fields.flatMap((field) => field.kinds))],
    given: fields.find(({ given }) => given !== null)?.given ?? null,
  }));
}

function fieldsOf(node: Node, path: string, required = false): SchemaField[] {
  const literals = [...(node.enum ?? []), node.const].filter((value) => typeof value === 'string');
  const given = required ? 'required' : isPlain(node.default) ? JSON.stringify(node.default) : null;
  const self = path === '' ? [] : [{ path, literals, kinds: kindsOf(node), given }];
  const members = Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    fieldsOf(child, path === '' ? name : `${path}.${name}`, node.required?.includes(name)),
  );
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((variant) =>
    fieldsOf(variant, path),
  );
  const items = node.items ? fieldsOf(node.items, `${path}[]`) : [];
  const values =
    typeof node.additionalProperties === 'object' ? fieldsOf(node.additionalProperties, `${path}.*`) : [];
  return [...self, ...members, ...variants, ...items, ...values];
}

/** What an object holds where it is left out is told by its fields. */
function isPlain(value: unknown): boolean {
  return value === null || Array.isArray(value) || !['undefined', 'object'].includes(typeof value);
}

/** None of a union: its variants have theirs. */
function kindsOf({ type, enum: values, const: only, maxItems, ...range }: Node): string[] {
  if (only !== undefined) return [JSON.stringify(only)];
  if (values !== undefined) return [values.map((value) => JSON.stringify(value)).join(', ')];
  switch (type) {
    case undefined:
      return [];
    case 'integer':
      return [`whole number${rangeOf(range)}`];
    case 'number':
      return [`number${rangeOf(range)}`];
    case 'string':
      return ['text'];
    case 'boolean':
      return ['true', 'false'];
    case 'array':
      return [maxItems === undefined ? 'list' : `list of at most ${maxItems}`];
    default:
      return [type];
  }
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Node): string {
  const from = minimum ?? exclusiveMinimum;
  if (from === undefined) return '';
  const above = minimum === undefined ? ' above' : '';
  return maximum === undefined ? `${above || ' from'} ${from}` : `${above} ${from} to ${maximum}`;
}
