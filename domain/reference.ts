import { z } from 'zod';
import { Json } from './json.ts';
import { FAILURE_KINDS } from './outcome.ts';

/** A call of an operation of the world, or words to the user. */
export const ReferenceStep = z
  .union([
    z.strictObject({
      call: z.strictObject({
        service: z.string(),
        operation: z.string(),
        params: z.record(z.string(), z.string()).default({}),
        query: z.record(z.string(), z.string()).default({}),
        body: Json.default(null),
        /** Who calls. Default: `agent`. */
        principal: z.string().optional(),
        /** Sent as `Idempotency-Key`: a retry under the key of the first try is not done twice. */
        idempotencyKey: z.string().min(1).optional(),
      }),
    }),
    z.strictObject({ say: z.string().min(1) }),
  ])
  .meta({ id: 'ReferenceStep' });
export type ReferenceStep = z.infer<typeof ReferenceStep>;

/** How the scenario is done right, and ways to get it wrong: by these it is tested itself. */
export const Reference = z.strictObject({
  steps: z.array(ReferenceStep),
  violations: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        steps: z.array(ReferenceStep),
        /** What the scorers have to find. */
        failure: z.enum(FAILURE_KINDS),
      }),
    )
    .default([]),
});
export type Reference = z.infer<typeof Reference>;
