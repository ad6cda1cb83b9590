import { z } from 'zod';
import { Evidence, Interval } from './evidence.ts';
import { ScenarioId, TrialId } from './ids.ts';
import { Rate } from './rate.ts';

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
  /** All valid trials of the compared scenarios. */
  candidate: Rate,
  baseline: Rate.nullable(),
  /** Candidate minus baseline with its interval, as in `evidence.suite`; `null` where nothing is compared. */
  difference: Interval.nullable(),
  /** `null`: of a verdict that was stored before it was kept. */
  evidence: Evidence.nullable().default(null),
});
export type Verdict = z.infer<typeof Verdict>;
