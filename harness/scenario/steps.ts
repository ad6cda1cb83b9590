import type { z } from 'zod';
import type { ReferenceStep } from '../../domain/reference.ts';

type StepInput = z.input<typeof ReferenceStep>;
type CallInput = Extract<StepInput, { call: unknown }>['call'];

/** A call of an operation of the world, by its id. */
export function call(
  service: string,
  operation: string,
  parts: Omit<CallInput, 'service' | 'operation'> = {},
): StepInput {
  return { call: { service, operation, ...parts } };
}

/** Words of the agent to its user. */
export function say(text: string): StepInput {
  return { say: text };
}
