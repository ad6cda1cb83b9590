/**
 * The value below which the share `q` (0 to 1) of `values` lies, interpolated linearly between neighbours.
 *
 * Source: R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996),
 * 361-365, definition 7.
 *
 * @returns `null` without values.
 * @throws RangeError unless `q` is within 0 to 1.
 * @example percentile([1, 2, 3, 4], 0.5) // 2.5
 */
export function percentile(values: readonly number[], q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`expected a share of 0 to 1, got ${q}`);
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}
