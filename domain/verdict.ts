import { z } from 'zod';
import { ScenarioId, TrialId } from './ids.ts';

/** A proportion with its Wilson interval. `n` = 0: rate and bounds say nothing (0, 0, 1). */
export const Rate = z.object({
  successes: z.int().nonnegative(),
  n: z.int().nonnegative(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Rate = z.infer<typeof Rate>;

export const VERDICT_KINDS = ['pass', 'fail', 'inconclusive', 'cannot-measure'] as const;

/** One reason of a verdict, with the trials that show it. */
export const VerdictReason = z.object({
  /** `forbidden-effect`, `pass-rate-drop`, `too-many-voids`, ... */
  code: z.string(),
  message: z.string(),
  scenarioId: ScenarioId.nullable(),
  trials: z.array(TrialId),
});
export type VerdictReason = z.infer<typeof VerdictReason>;

/** What the gate says of a run. Only `pass` lets it through; absence of data never does. */
export const Verdict = z.object({
  kind: z.enum(VERDICT_KINDS),
  reasons: z.array(VerdictReason),
  candidate: Rate,
  baseline: Rate.nullable(),
  /** Candidate minus baseline with its interval (Newcombe); `null` without a baseline. */
  difference: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type Verdict = z.infer<typeof Verdict>;
