import type { Interval } from './evidence.ts';
import type { Rate } from './rate.ts';
import type { Leaning, RatioDifference, ShareDifference } from './run-comparison.ts';
import { type Clustered, clusterMean, reachOf } from './statistics/cluster-mean.ts';
import { differenceHere, stratifiedDifference } from './statistics/stratified-difference.ts';
import { type Stratum, stratifiedTest } from './statistics/stratified-test.ts';
import type { TrialSummary } from './trial.ts';
import { wilson } from './wilson.ts';

/** The valid trials of one scenario on both sides. */
export type TrialPair = { scenarioId: TrialSummary['scenarioId']; cluster: string } & Record<
  'baseline' | 'candidate',
  TrialSummary[]
>;

/** Chance below which a difference is none. */
export const ALPHA = 0.05;

type Holds = (trial: TrialSummary) => boolean;
type Good = 'higher' | 'lower';

/** `null` where no scenario has trials on both sides that tell. */
export function shareWhereKnown(
  pairs: readonly TrialPair[],
  field: 'right' | 'looped',
  good: Good,
): ShareDifference | null {
  const told = (trials: readonly TrialSummary[]) => trials.filter((trial) => trial[field] !== null);
  const known = pairs
    .map((pair) => ({ ...pair, baseline: told(pair.baseline), candidate: told(pair.candidate) }))
    .filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  return known.length === 0 ? null : shareDifference(known, (trial) => trial[field] === true, good);
}

export function shareDifference(pairs: readonly TrialPair[], holds: Holds, good: Good): ShareDifference {
  const strata = pairs.map((pair) => ({ cluster: pair.cluster, ...stratumOf(pair, holds) }));
  const { clusters, ...elsewhere } = stratifiedDifference(strata, 0.95);
  const between = differenceHere(strata);
  const p = twoSided(strata);
  return {
    scenarios: pairs.length,
    clusters,
    baseline: rateOf(
      pairs.flatMap((pair) => pair.baseline),
      holds,
    ),
    candidate: rateOf(
      pairs.flatMap((pair) => pair.candidate),
      holds,
    ),
    difference: between,
    elsewhere,
    p,
    leaning: p > ALPHA ? 'unsure' : leaningOf(between, 0, good),
  };
}

/** Of the scenarios with a figure above zero on both sides; less is better. */
export function ratioDifference(
  pairs: readonly TrialPair[],
  figure: (trial: TrialSummary) => number | null,
): RatioDifference | null {
  const rows = pairs.flatMap((pair) => {
    const [baseline, candidate] = [figuresOf(pair.baseline, figure), figuresOf(pair.candidate, figure)];
    if (baseline.length === 0 || candidate.length === 0) return [];
    const value = toNine(meanOf(candidate.map(Math.log)) - meanOf(baseline.map(Math.log)));
    return [{ cluster: pair.cluster, value, baseline: meanOf(baseline), candidate: meanOf(candidate) }];
  });
  if (rows.length === 0) return null;
  const ratio = ratioOf(rows);
  return {
    scenarios: rows.length,
    clusters: new Set(rows.map(({ cluster }) => cluster)).size,
    baseline: meanOf(rows.map(({ baseline }) => baseline)),
    candidate: meanOf(rows.map(({ candidate }) => candidate)),
    ratio,
    leaning: ratio ? leaningOf(ratio, 1, 'lower') : 'unsure',
  };
}

function figuresOf(
  trials: readonly TrialSummary[],
  figure: (trial: TrialSummary) => number | null,
): number[] {
  return trials.map(figure).filter((value) => value !== null && value > 0) as number[];
}

function ratioOf(logs: readonly Clustered[]): Interval | null {
  const { mean, error, clusters } = clusterMean(logs);
  if (error === null) return null;
  const reach = reachOf(0.95, clusters) * error;
  return { value: Math.exp(mean), low: Math.exp(mean - reach), high: Math.exp(mean + reach) };
}

export function leaningOf({ value, low, high }: Interval, none: number, good: Good): Leaning {
  if (low > none) return good === 'higher' ? 'better' : 'worse';
  if (high < none) return good === 'higher' ? 'worse' : 'better';
  return value === none && low === high ? 'same' : 'unsure';
}

/** The chance of a difference so large to either side. */
export function twoSided(strata: readonly Stratum[]): number {
  const turned = strata.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));
  return Math.min(1, 2 * Math.min(stratifiedTest(strata), stratifiedTest(turned)));
}

export function stratumOf(pair: Pick<TrialPair, 'baseline' | 'candidate'>, holds: Holds): Stratum {
  const tally = (trials: readonly TrialSummary[]) => ({
    passed: trials.filter(holds).length,
    n: trials.length,
  });
  return { baseline: tally(pair.baseline), candidate: tally(pair.candidate) };
}

export function rateOf(trials: readonly TrialSummary[], holds: Holds): Rate {
  return wilson(trials.filter(holds).length, trials.length);
}

export function hasPassed({ outcome }: TrialSummary): boolean {
  return outcome.kind === 'passed';
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sums of the same numbers in another order part in their last digits, which is no difference. */
function toNine(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
