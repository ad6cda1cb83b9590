import type { Effect, WorldCall } from '../../domain/effect.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Score } from '../../domain/score.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { TrialFigures, Turn } from '../../domain/trial.ts';

/** How the agent's work ended, apart from what it did. */
export type Ending =
  | { kind: 'finished' }
  /** A limit of the trial, or one of the agent's own, cut it short. */
  | { kind: 'cut-off'; explanation: string }
  /** It threw. */
  | { kind: 'crashed'; explanation: string };

/** All that a scorer may look at. A stored trial and its trace give the same record again. */
export type TrialRecord = {
  scenario: Scenario;
  journal: readonly Effect[];
  calls: readonly WorldCall[];
  turns: readonly Turn[];
  /** `null` when none could be had. */
  spans: readonly SpanDetail[] | null;
  figures: TrialFigures;
  ending: Ending;
};

/** A pure function of a trial's record: the same record always gives the same score. */
export type Scorer = (record: TrialRecord) => Score;
