import type { Difference } from '../difference.ts';
import { Z_95 } from '../wilson.ts';
import { clusterMean, reachOf } from './cluster-mean.ts';
import type { Stratum } from './stratified-test.ts';

/**
 * Candidate minus baseline: the mean of the scenarios' differences, each scenario counting the same, with an interval for
 * scenarios like these. Its standard error is that of the clusters, and never less than the scatter of the trials alone.
 *
 * @param strata at least one, each with trials on both sides.
 */
export function stratifiedDifference(
  strata: readonly (Stratum & { cluster: string })[],
  confidence: 0.9 | 0.95,
): Difference & { clusters: number } {
  const { mean, error, clusters } = clusterMean(
    strata.map(({ cluster, candidate, baseline }) => ({
      cluster,
      value: candidate.passed / candidate.n - baseline.passed / baseline.n,
    })),
  );
  const reach = reachOf(confidence, clusters) * Math.max(error ?? 0, errorWithin(strata));
  return { value: mean, low: Math.max(-1, mean - reach), high: Math.min(1, mean + reach), clusters };
}

/**
 * The same difference with an interval for these very scenarios: only the trials are taken as drawn. It goes with the
 * exact `stratifiedTest`, and is none of others.
 */
export function differenceHere(strata: readonly Stratum[]): Difference {
  const differences = strata.map(
    ({ candidate, baseline }) => candidate.passed / candidate.n - baseline.passed / baseline.n,
  );
  const value = differences.reduce((sum, one) => sum + one, 0) / strata.length;
  const reach = Z_95 * errorWithin(strata);
  return { value, low: Math.max(-1, value - reach), high: Math.min(1, value + reach) };
}

/**
 * The least that the mean difference can be uncertain by: the scatter of the trials alone, at rates of (passed + 1/2) of
 * (n + 1). Where every trial passes, the spread between scenarios is none, and would claim certainty after thirty trials.
 */
function errorWithin(strata: readonly Stratum[]): number {
  const variance = strata.reduce((sum, { candidate, baseline }) => {
    const n = candidate.n + baseline.n;
    const rate = (candidate.passed + baseline.passed + 0.5) / (n + 1);
    return sum + rate * (1 - rate) * (1 / candidate.n + 1 / baseline.n);
  }, 0);
  return Math.sqrt(variance) / strata.length;
}
