import type { Env, MiddlewareHandler, ValidationTargets } from 'hono';
import { validator } from 'hono/validator';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { schemaProblem } from '../../domain/field-problem.ts';
import { expectJson } from './expect-json.ts';

/** What a client sends: text in an address, where a default stands in for what is left out; else the schema's input. */
type Sent<Target, Schema extends z.ZodType> = Target extends 'query'
  ? { [Key in keyof z.output<Schema>]?: string }
  : z.input<Schema>;

type Parsed<Target extends string, Schema extends z.ZodType> = {
  in: { [Key in Target]: Sent<Target, Schema> };
  out: { [Key in Target]: z.output<Schema> };
};

/** A part of a request, and what it is checked by. */
type Validation = { target: keyof ValidationTargets; schema: z.ZodType };

/** What a handler of `validate` checks; `null` of any other. */
export function validationOf(handler: object): Validation | null {
  return 'validates' in handler ? (handler.validates as Validation) : null;
}

/**
 * Parses one part of a request by its schema. A refusal is thrown, not answered, so that it has the shape of every
 * other error and does not join the types of the answer.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
): MiddlewareHandler<Env, string, Parsed<Target, Schema>> {
  const handler = validator(target, (value, c): z.output<Schema> => {
    // Hono takes a body of another type for an empty one.
    if (target === 'json') expectJson(c.req.header('content-type'));
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new AppError('BAD_REQUEST', `${target}: ${schemaProblem(parsed.error, value)}`);
  });
  // Hono derives what a client sends from what the schema gives, where every default is present; see `Sent`.
  const typed = handler as MiddlewareHandler<Env, string, Parsed<Target, Schema>>;
  return Object.assign(typed, { validates: { target, schema } satisfies Validation });
}
