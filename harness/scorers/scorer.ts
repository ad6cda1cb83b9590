import type { Effect, WorldCall } from '../../domain/effect.ts';
import type { Score } from '../../domain/score.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Trial, Turn } from '../../domain/trial.ts';

/** All that a scorer may look at: what a stored trial holds, and its trace. */
export type TrialRecord = Pick<Trial, 'scenario' | 'figures' | 'ending'> & {
  journal: readonly Effect[];
  calls: readonly WorldCall[];
  turns: readonly Turn[];
  /** `null` where none could be had, or not all of them. */
  spans: readonly SpanDetail[] | null;
};

/** A pure function of a trial's record: the same record always gives the same score. */
export type Scorer = (record: TrialRecord) => Score;
