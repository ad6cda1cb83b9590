import type { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import type { Operation, OperationContext } from './service.ts';
import { readBody } from './services/answers.ts';
import { refusal } from './world-request.ts';

/** What was asked for cannot be done. Thrown before the first write. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

export function refuse(message: string): never {
  throw new Refusal(message);
}

/**
 * A tool as an operation: `POST /tools/<name>` with its arguments as the body. Answers 400 to arguments of another shape
 * and 422 where `run` throws a Refusal.
 */
export function toolOperation<T>(
  name: string,
  parameters: z.ZodType<T>,
  run: (given: T, context: OperationContext) => Json,
): Operation {
  return {
    id: name,
    method: 'POST',
    path: `/tools/${name}`,
    handle(context) {
      const given = readBody(parameters, context.body);
      if (!given.ok) return given.reply;
      try {
        return { status: 200, body: run(given.value, context) };
      } catch (error) {
        if (error instanceof Refusal) return refusal(422, 'refused', error.message);
        throw error;
      }
    },
  };
}
