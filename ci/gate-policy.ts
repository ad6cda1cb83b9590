import { z } from 'zod';

/** What a team asks of a run before it lets a change through. */
export const GatePolicy = z.object({
  /** PASS needs evidence that the pass rate fell by less than this, 0 to 1. */
  margin: z.number().positive().max(1).default(0.15),
  /** FAIL needs a drop of at least this beyond chance, 0 to 1: a smaller one is not worth a red build. */
  smallestDrop: z.number().nonnegative().max(1).default(0.02),
  /** Above this share of void trials nothing is measured, 0 to 1. */
  voidShare: z.number().nonnegative().max(1).default(0.05),
  /** Whether a run that shows neither lets the change through (exit code 0) or not (4). */
  inconclusive: z.enum(['neutral', 'fail']).default('neutral'),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

/** The policy of a team that states none. */
export const DEFAULT_POLICY: GatePolicy = GatePolicy.parse({});
