import type { Effect, WorldCall } from '../../domain/effect.ts';
import type { Json } from '../../domain/json.ts';
import type { Finding, Note, Score } from '../../domain/score.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { Trial, Turn } from '../../domain/trial.ts';
import type { Fixture, Service } from '../world/service.ts';

/** All that a scorer may look at: what a stored trial holds, and its trace. */
export type TrialRecord = Pick<Trial, 'scenario' | 'figures' | 'ending'> & {
  journal: readonly Effect[];
  calls: readonly WorldCall[];
  turns: readonly Turn[];
  /** `null` where none could be had, or not all of them. */
  spans: readonly SpanDetail[] | null;
};

/**
 * A check that a pack provides, for what data cannot say: a pure function of the record, which says what is wrong.
 *
 * @example
 * const short: PackCheck = {
 *   version: 1,
 *   check: ({ turns }) => turns.filter(({ text }) => text.length > 500).map(({ text }) => ({
 *     message: 'expected short answers', expected: 500, actual: text.length, spanId: null,
 *   })),
 * };
 */
export type PackCheck = {
  /** To be raised with every change that may judge a trial otherwise. */
  version: number;
  check(record: TrialRecord, given: Json): readonly Omit<Finding, 'failure'>[];
  /** What it has measured, whether that is enough or not. Default: nothing. */
  notes?(record: TrialRecord, given: Json): readonly Note[];
};

/** What of its pack a trial is judged by. */
export type ScoringPack = {
  services: readonly Service[];
  fixtures: Readonly<Record<string, Fixture>>;
  checks?: Readonly<Record<string, PackCheck>>;
};

/** A pure function of a trial's record and its pack: the same ones always give the same score. */
export type Scorer = (record: TrialRecord, pack: ScoringPack) => Score;
