import { z } from 'zod';
import { Json } from './json.ts';

/** Something that goes wrong in the world: on the nth call of an operation, for a while, or on every call. */
export const Fault = z.strictObject({
  service: z.string(),
  operation: z.string(),
  /** Which call of that operation, from 1. Default: each. */
  call: z.int().positive().optional(),
  /** Only for calls that begin in [from, to): virtual seconds since the start. Default: at any time. */
  during: z
    .strictObject({ from: z.number().nonnegative(), to: z.number().positive() })
    .refine(({ from, to }) => from < to, 'expected from to be before to')
    .optional(),
  fault: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('error'), status: z.int().min(400).max(599) }),
    z.strictObject({ kind: z.literal('rate-limit'), retryAfterSeconds: z.number().positive() }),
    /** 504 and nothing was written. */
    z.strictObject({ kind: z.literal('timeout-before-commit') }),
    /** 504, but the write took place: a blind retry does it twice. */
    z.strictObject({ kind: z.literal('timeout-after-commit') }),
    /** Virtual time. */
    z.strictObject({ kind: z.literal('latency'), seconds: z.number().positive() }),
    /** The write took place; the body of the answer breaks off in the middle. */
    z.strictObject({ kind: z.literal('malformed') }),
    /** The answer is of the world as it was at the start: a cache that has not heard of what was written since. */
    z.strictObject({ kind: z.literal('stale') }),
    /** The answer lies: the member at the JSON pointer `at` has this value. */
    z.strictObject({ kind: z.literal('false'), at: z.string().startsWith('/'), value: Json }),
    /** The network delivers the request twice: without an idempotency key it is done twice. */
    z.strictObject({ kind: z.literal('duplicate') }),
    /** Lists of the answer end after so many items, and nothing says so. */
    z.strictObject({ kind: z.literal('cut-page'), items: z.int().nonnegative() }),
  ]),
});
export type Fault = z.infer<typeof Fault>;
