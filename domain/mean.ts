import { type Clustered, clusterMean, reachOf } from './statistics/cluster-mean.ts';

/** A mean with its 95 % interval; the bounds are `null` where there is no spread to measure. */
export type Mean = { value: number; low: number | null; high: number | null; n: number };

/**
 * The mean of values that are never below zero, with Student's interval over clusters of scenarios: trials of one
 * situation are alike.
 *
 * @returns `null` without values.
 */
export function clusteredMean(values: readonly Clustered[]): Mean | null {
  if (values.length === 0) return null;
  const { mean: value, error, clusters } = clusterMean(values);
  if (error === null) return { value, low: null, high: null, n: values.length };
  const reach = reachOf(0.95, clusters) * error;
  return { value, low: Math.max(0, value - reach), high: value + reach, n: values.length };
}
