import { tQuantile } from './student-t.ts';

/** A value of a scenario, and the cluster of scenarios that it stands and falls with. */
export type Clustered = { cluster: string; value: number };

/**
 * The mean of values that come in clusters, with its standard error: values of one cluster may be alike, so that the
 * cluster is what was drawn. With m the mean, n values and C clusters:
 *
 *     SE^2 = C / (C - 1) * sum over clusters of (sum within the cluster of (value - m))^2 / n^2
 *
 * Source: K.-Y. Liang, S. L. Zeger, Longitudinal data analysis using generalized linear models, Biometrika 73 (1986),
 * 13-22, with the usual correction for few clusters.
 *
 * @returns `error` is `null` with fewer than two clusters: there is no spread to measure.
 */
export function clusterMean(values: readonly Clustered[]) {
  const n = values.length;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / n;
  const sums = clusterSums(values.map(({ cluster, value }) => ({ cluster, value: value - mean })));
  const clusters = sums.length;
  const squares = sums.reduce((sum, { total }) => sum + total ** 2, 0);
  const error = clusters < 2 ? null : Math.sqrt((clusters / (clusters - 1)) * squares) / n;
  return { mean, error, clusters };
}

const NORMAL_REACH = { 0.9: 1.645, 0.95: 1.96 } as const;

/** Half the width of a two-sided interval a standard error; with one cluster of the normal distribution. */
export function reachOf(confidence: keyof typeof NORMAL_REACH, clusters: number): number {
  return clusters > 1 ? tQuantile((1 + confidence) / 2, clusters - 1) : NORMAL_REACH[confidence];
}

/**
 * The distribution of the means of several values under resampling: clusters are drawn with replacement, `draws` times,
 * the same for all values. Sorted.
 *
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 8; A. C. Davison, D. V. Hinkley,
 * Bootstrap Methods and their Application (1997), section 3.8.
 *
 * @param rows a scenario each, with its cluster and its values, as many in each row.
 * @param random numbers in [0, 1): the same give the same, in whatever order the clusters come.
 * @returns a list of means for each value.
 */
export function clusterBootstrap(
  rows: readonly { cluster: string; values: readonly number[] }[],
  random: () => number,
  draws: number,
): Float64Array[] {
  const width = rows[0]?.values.length ?? 0;
  const clusters = [...Map.groupBy(rows, ({ cluster }) => cluster)].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = Float64Array.from(clusters, ([, some]) => some.length);
  /** Cluster by cluster. */
  const totals = new Float64Array(clusters.length * width);
  for (const [place, [, some]] of clusters.entries()) {
    for (const { values } of some) {
      for (const [at, value] of values.entries()) {
        totals[place * width + at] = (totals[place * width + at] ?? 0) + value;
      }
    }
  }
  /** Value by value. */
  const drawn = new Float64Array(width * draws);
  const sums = new Float64Array(width);
  for (let draw = 0; draw < draws; draw++) {
    sums.fill(0);
    let count = 0;
    for (let left = clusters.length; left > 0; left--) {
      const place = Math.floor(random() * clusters.length);
      count += counts[place] ?? 0;
      for (let at = 0; at < width; at++) sums[at] = (sums[at] ?? 0) + (totals[place * width + at] ?? 0);
    }
    for (let at = 0; at < width; at++) drawn[at * draws + draw] = (sums[at] ?? 0) / count;
  }
  return Array.from({ length: width }, (_, at) => drawn.slice(at * draws, (at + 1) * draws).sort());
}
function clusterSums(values: readonly Clustered[]) {
  const sums = new Map<string, { cluster: string; total: number; count: number }>();
  for (const { cluster, value } of values) {
    const sum = sums.get(cluster) ?? { cluster, total: 0, count: 0 };
    sum.total += value;
    sum.count += 1;
    sums.set(cluster, sum);
  }
  return [...sums.values()];
}
