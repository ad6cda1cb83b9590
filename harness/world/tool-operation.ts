import { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import { defineOperation } from './define-operation.ts';
import { RefusalBody } from './refusal.ts';
import type { Operation, OperationContext } from './service.ts';
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
  return defineOperation({
    id: name,
    method: 'POST',
    path: `/tools/${name}`,
    summary: `The tool ${name}`,
    body: parameters,
    replies: { 200: z.unknown(), 422: RefusalBody },
    handle({ body, ...context }) {
      try {
        return { status: 200, body: run(body, context) };
      } catch (error) {
        if (error instanceof Refusal) return refusal(422, 'refused', error.message);
        throw error;
      }
    },
  });
}
