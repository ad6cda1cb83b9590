import { z } from 'zod';
import { ROUTE_RULES } from '../access/route-rules.ts';
import { validationOf } from '../http/validate.ts';
import { ANSWERS, type Answer } from './answers.ts';
import { NAMED_SHAPES } from './named-shapes.ts';

/** A route as Hono lists it: once for each of its handlers. */
export type ListedRoute = { method: string; path: string; handler: object };

type JsonSchema = Record<string, unknown>;

/** Every refusal, in OTLP's paths too where JSON is spoken. */
const Refusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
});

/**
 * The OpenAPI 3.1 description of the HTTP API: what a request takes is what its route validates, who may send it is the
 * route's rule, and what it answers stands in `ANSWERS`.
 *
 * @param routes of `createApp`; others take no parameters
 * @param version of Rehearse
 */
export function openApiDocument(routes: readonly ListedRoute[], version: string) {
  const schemas = schemaWriter({ ...NAMED_SHAPES, Refusal });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, answer] of Object.entries(ANSWERS)) {
    const [method = '', path = ''] = route.split(' ');
    const address = path.replaceAll(/:(\w+)/g, '{$1}');
    const handlers = routes.filter((listed) => listed.method === method && listed.path === path);
    paths[address] = {
      ...paths[address],
      // Of what is taken at every method, that is the one that does something.
      [method === 'ALL' ? 'post' : method.toLowerCase()]: operationOf(route, answer, handlers, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rehearse',
      version,
      description:
        'Times are epoch microseconds, durations microseconds, money nano-dollars. A query parameter that is not described is refused with 400. See docs/reference/http-api.md.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: schemas.named(),
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationOf(route: string, answer: Answer, handlers: readonly ListedRoute[], schemas: SchemaWriter) {
  const checked = handlers.flatMap(({ handler }) => validationOf(handler) ?? []);
  const of = (target: string) => checked.filter((one) => one.target === target).map(({ schema }) => schema);
  const rule = ROUTE_RULES[route];
  const body = answer.body ?? of('json').map((schema) => ({ 'application/json': schema }))[0];
  return {
    operationId: operationId(route),
    summary: answer.summary,
    parameters: [
      ...of('param').flatMap((schema) => parameters('path', schema, schemas)),
      ...of('query').flatMap((schema) => parameters('query', schema, schemas)),
    ],
    ...(body && { requestBody: { required: true, content: contentOf(body, schemas) } }),
    responses: {
      200: { description: 'Done', content: contentOf(answer.content, schemas) },
      default: {
        description: 'Refused: docs/reference/errors.md lists the codes',
        content: { 'application/json': { schema: schemas.write(Refusal) } },
      },
    },
    ...(rule && rule !== 'public' ? { security: [{}, { key: [] }], 'x-scope': rule } : {}),
  };
}

/** `get_api_traces_traceId` of `GET /api/traces/:traceId`. */
function operationId(route: string): string {
  return route
    .replace('ALL', 'post')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[A-Z]+/, (method) => method.toLowerCase());
}

function contentOf(content: Answer['content'], schemas: SchemaWriter) {
  return Object.fromEntries(
    Object.entries(content).map(([type, shape]) => [
      type,
      shape === null ? {} : { schema: schemas.write(shape) },
    ]),
  );
}

function parameters(place: 'path' | 'query', schema: z.ZodType, schemas: SchemaWriter) {
  const { properties = {}, required = [] } = schemas.write(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: sendable(property),
  }));
}

/** Of a parameter: no address holds `null`, which stands for one that is left out. */
function sendable({ anyOf, default: value, ...rest }: JsonSchema): JsonSchema {
  const kinds = Array.isArray(anyOf) ? anyOf.filter(({ type }: JsonSchema) => type !== 'null') : [];
  const [only] = kinds;
  return {
    ...(kinds.length > 1 ? { anyOf: kinds } : only),
    ...rest,
    ...(value == null ? {} : { default: value }),
  };
}

type SchemaWriter = ReturnType<typeof schemaWriter>;

/**
 * Writes JSON Schemas in which the named shapes are references, and collects these. Answers are described as one may send
 * them: what has a default may be missing, and fields may be gained.
 */
function schemaWriter(shapes: Readonly<Record<string, z.ZodType>>) {
  const metadata = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(shapes)) metadata.add(shape, { id });
  const collected = new Map<string, JsonSchema>();
  return {
    write(shape: z.ZodType): JsonSchema {
      // In a list, so that a named shape is a reference at the top too.
      const list = z.toJSONSchema(z.array(shape), { io: 'input', metadata, unrepresentable: 'any' });
      for (const [name, { id: _, ...schema }] of Object.entries(list.$defs ?? {})) {
        collected.set(name, toComponents(schema));
      }
      return toComponents(list.items as JsonSchema);
    },
    named: () => Object.fromEntries([...collected].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function toComponents(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
