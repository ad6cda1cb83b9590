/**
 * p-values corrected for being several: of m, the smallest counts m times, the next m - 1 times, and so on, none less
 * than one before it. Those at or below alpha are rejected, and the chance of rejecting any wrongly is at most alpha.
 *
 * Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979),
 * 65-70.
 *
 * @returns in the order of `ps`.
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(ps: readonly number[]): number[] {
  const adjusted = ps.map(() => 1);
  let least = 0;
  for (const [rank, { p, place }] of ps
    .map((p, place) => ({ p, place }))
    .sort((a, b) => a.p - b.p)
    .entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    adjusted[place] = least;
  }
  return adjusted;
}
