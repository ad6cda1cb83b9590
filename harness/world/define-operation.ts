import { z } from 'zod';
import type { Operation, OperationContext, OperationDescription, Reply } from './service.ts';
import { refusal } from './world-request.ts';

/** The `id` and `part` of `/orders/:id/parts/:part`. */
type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}:${infer Name}+`
    ? Name
    : Path extends `${string}:${infer Name}`
      ? Name
      : never;

/** An operation with the shapes of what it takes and answers. */
export type OperationSpec<Path extends string, Query extends z.ZodObject, Body extends z.ZodType> = Pick<
  Operation,
  'id' | 'method' | 'readOnly'
> & {
  path: Path;
  /** What it does, in a few words. */
  summary: string;
  /** Shapes of parameters in the path, where any text will not do. */
  params?: Partial<Record<ParamName<Path>, z.ZodType<string>>>;
  /** Of a parameter given twice, the first counts; unknown ones are passed over where the shape is a plain object. */
  query?: Query;
  /** A missing body counts as `{}`. */
  body?: Body;
  /** What it answers, by status. A 400 for a request of another shape goes without saying. */
  replies: Readonly<Record<number, z.ZodType>>;
  handle(
    request: OperationContext & {
      params: Record<ParamName<Path>, string>;
      query: z.output<Query>;
      body: z.output<Body>;
    },
  ): Reply;
};

/**
 * Declares an operation once: `handle` sees only requests of the declared shapes, typed; any other is answered 400 with
 * the first field that is wrong, and the service's OpenAPI description is made of the same shapes.
 *
 * @example
 * defineOperation({
 *   id: 'notes.add',
 *   method: 'POST',
 *   path: '/contacts/:id/notes',
 *   summary: 'Adds a note',
 *   body: z.strictObject({ text: z.string().min(1) }),
 *   replies: { 201: z.object({ id: z.string(), text: z.string() }) },
 *   handle: ({ params, body, table, newId }) => ({
 *     status: 201,
 *     body: table('notes').insert({ id: newId('note'), contact: params.id, text: body.text }),
 *   }),
 * });
 */
export function defineOperation<
  const Path extends string,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodUnknown,
>(spec: OperationSpec<Path, Query, Body>): Operation {
  const { id, method, path, readOnly, summary, replies } = spec;
  const params = paramShapes(path, spec.params ?? {});
  // Made once: a schema is compiled when it first parses, which takes longer than a call.
  const shapes = {
    params: z.object(params),
    query: spec.query ?? z.looseObject({}),
    body: spec.body ?? z.unknown(),
  };
  const description: OperationDescription = {
    summary,
    params,
    query: spec.query ?? null,
    body: spec.body ?? null,
    replies,
  };
  return {
    id,
    method,
    path,
    ...(readOnly === undefined ? {} : { readOnly }),
    description,
    handle(context) {
      const given = {
        params: shapes.params.safeParse(context.params),
        query: shapes.query.safeParse(firstOfEach(context.query)),
        body: shapes.body.safeParse(context.body ?? {}),
      };
      const wrong = refuse(given.params, '') ?? refuse(given.query, '') ?? refuse(given.body, 'body: ');
      if (wrong) return wrong;
      return spec.handle({
        ...context,
        params: given.params.data as Record<ParamName<Path>, string>,
        query: given.query.data as z.output<Query>,
        body: given.body.data as z.output<Body>,
      });
    },
  };
}

function paramShapes(path: string, shapes: Partial<Record<string, z.ZodType<string>>>) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, shapes[name] ?? z.string()]));
}

function firstOfEach(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query].reverse());
}

/** The first thing that is wrong, with the field's name; `whole` stands before what is wrong with no field. */
function refuse(result: z.ZodSafeParseResult<unknown>, whole: string): Reply | null {
  const issue = result.error?.issues[0];
  if (!issue) return null;
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : whole;
  return refusal(400, 'bad_request', `${place}${issue.message}`);
}
