import { z } from 'zod';

type Node = {
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

/** A field of a schema as its reference page names it, and the values it may have where they are fixed. */
export type SchemaField = { path: string; literals: string[] };

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
  return [...byPath].map(([path, fields]) => ({ path, literals: fields.flatMap((field) => field.literals) }));
}

function fieldsOf(node: Node, path: string): SchemaField[] {
  const literals = [...(node.enum ?? []), node.const].filter((value) => typeof value === 'string');
  const self = path === '' ? [] : [{ path, literals }];
  const members = Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    fieldsOf(child, path === '' ? name : `${path}.${name}`),
  );
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((variant) =>
    fieldsOf(variant, path),
  );
  const items = node.items ? fieldsOf(node.items, `${path}[]`) : [];
  const values =
    typeof node.additionalProperties === 'object' ? fieldsOf(node.additionalProperties, `${path}.*`) : [];
  return [...self, ...members, ...variants, ...items, ...values];
}
