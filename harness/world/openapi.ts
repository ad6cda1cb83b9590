import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Json, JsonObject } from '../../domain/json.ts';
import { RefusalBody } from './refusal.ts';
import type { Operation, Service } from './service.ts';

/**
 * The OpenAPI 3.1 description of a service, made of the shapes its operations declare. The server's address is relative
 * to the description's own, so that it holds through every door.
 */
export function openApiDescription(service: Service): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of service.operations) {
    const path = operation.path.replaceAll(/:(\w+)\+?/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: service.name,
      version: '1',
      description: `The ${service.name} service of a rehearsal's world.`,
    },
    servers: [{ url: '.' }],
    paths,
  };
}

function describe(operation: Operation): JsonObject {
  const { id, path, description } = operation;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const inPath = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: schemaOf(description?.params[name] ?? z.string(), 'input'),
  }));
  if (!description)
    return { operationId: id, parameters: inPath, responses: { default: answer('An answer') } };
  const { summary, query, body, replies } = description;
  const takesShapes = query !== null || body !== null;
  return {
    operationId: id,
    summary,
    parameters: [...inPath, ...(query ? inQuery(query) : [])],
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { [mediaType(body)]: { schema: schemaOf(body, 'input') } },
      },
    }),
    responses: Object.fromEntries(
      Object.entries(takesShapes ? { 400: RefusalBody, ...replies } : replies).map(([status, shape]) => [
        status,
        answer(STATUS_CODES[status] ?? 'An answer', shape instanceof z.ZodNull ? undefined : shape),
      ]),
    ),
  };
}

function answer(description: string, shape?: z.ZodType): JsonObject {
  if (!shape) return { description };
  return { description, content: { [mediaType(shape)]: { schema: schemaOf(shape, 'output') } } };
}

/** JSON, but for shapes that name another: pages, and the forms on them. */
function mediaType(shape: z.ZodType): string {
  const { contentMediaType } = shape.meta() ?? {};
  return typeof contentMediaType === 'string' ? contentMediaType : 'application/json';
}

function inQuery(query: z.ZodObject): JsonObject[] {
  return Object.entries(query.shape).map(([name, shape]) => ({
    name,
    in: 'query',
    required: !(shape as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(shape as z.ZodType, 'input'),
  }));
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema as Record<string, Json>;
}
