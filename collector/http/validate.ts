import type { ValidationTargets } from 'hono';
import { validator } from 'hono/validator';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';

/**
 * Parses one part of a request by its schema. A refusal is thrown, not answered, so that it has the shape of every
 * other error and does not join the types of the answer.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, (value): z.output<Schema> => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const place = issue?.path.length ? issue.path.join('.') : 'the whole';
    throw new AppError('BAD_REQUEST', `${target}: ${place}: ${issue?.message ?? 'invalid'}`);
  });
}
