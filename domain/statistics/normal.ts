/**
 * The chance that a standard normal variable is below `z`, to seven digits.
 *
 * Source: M. Abramowitz, I. A. Stegun (eds.), Handbook of Mathematical Functions (1964), 26.2.17.
 *
 * @example normalBelow(1.96) // 0.975
 */
export function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

/** The value that a standard normal variable stays below with chance `p`, 0.5 to below 1: `normalBelow` inverted. */
export function normalQuantile(p: number): number {
  let [low, high] = [0, 10];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
