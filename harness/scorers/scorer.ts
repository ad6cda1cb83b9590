import type { Effect, WorldCall } from '../../domain/effect.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Score } from '../../domain/score.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { TrialFigures, Turn } from '../../domain/trial.ts';

/** All that a scorer may look at. A stored trial and its trace give the same record again. */
export type TrialRecord = {
  scenario: Scenario;
  journal: readonly Effect[];
  calls: readonly WorldCall[];
  turns: readonly Turn[];
  /** `null` when none could be had. */
  spans: readonly SpanDetail[] | null;
  figures: TrialFigures;
};

/** A pure function of a trial's record: the same record always gives the same score. */
export type Scorer = (record: TrialRecord) => Score;
