import { z } from 'zod';

const share = z.number().min(0).max(1);
/** Candidate by reference; 1.15 is 15 % more. `null`: reported, never a reason to fail. */
const ratio = z.number().min(1).nullable();

/** What a team asks of a run before it lets a change through. What is left out has its default. */
export const GatePolicy = z.strictObject({
  /** Trials of each scenario at the first look. */
  trials: z.int().min(1).max(1000).default(3),
  /** Fresh trials of a scenario that looks worse. */
  confirmTrials: z.int().min(1).max(100).default(9),
  /** Rounds of `trials` more that may be asked for while neither is shown. */
  extraLooks: z.int().min(0).max(2).default(2),
  /** Error of the suite test over all its looks, each of which has half the part of the one before. */
  alpha: z.number().gt(0).max(0.5).default(0.025),
  /** Error of all confirmations of a run together. */
  confirmAlpha: z.number().gt(0).max(0.5).default(0.0125),
  /** A scenario whose first trials are as bad as this by chance is tried again. */
  screen: z.number().gt(0).max(1).default(0.15),
  /** FAIL needs a drop of the pass rate of at least this beyond chance: a smaller one is not worth a red build. */
  smallestDrop: share.default(0.02),
  /** PASS needs evidence that the pass rate fell by less than this. */
  margin: z.number().gt(0).max(1).default(0.1),
  /** Above this share of void trials nothing is measured. */
  voidShare: share.default(0.05),
  /** How much slower, dearer and longer a candidate may be. */
  limits: z
    .strictObject({
      latency: ratio.default(1.15),
      cost: ratio.default(1.15),
      steps: ratio.default(1.15),
    })
    .prefault({}),
  /** US dollars that all trials of the candidate may cost together; `null`: no limit. */
  maxUsd: z.number().positive().nullable().default(null),
  /** Whether a run that shows neither lets the change through (exit code 0) or not (4). */
  inconclusive: z.enum(['neutral', 'fail']).default('neutral'),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

/** The policy of a team that states none. */
export const DEFAULT_POLICY: GatePolicy = GatePolicy.parse({});
