/** A scenario as it is planned: its pass rate and the trials of both sides. */
export type PlannedStratum = { rate: number; candidate: number; baseline: number };

/** Normal quantiles of 1 - .025 and of the power. */
const [Z_ALPHA, Z_POWER] = [1.96, 0.842];
/** The chance with which such a drop is found. */
export const POWER = 0.8;

/**
 * The drop of the mean pass rate, all scenarios worse in proportion, that the stratified test at `alpha` .025 finds with
 * a power of 80 %: the normal approximation of that test, with a correction for its steps.
 *
 * With k and B the trials of a scenario, its rate p falling to q, N = k + B and r = (kq + Bp) / N, the passes lie
 * kB(p - q)/N below what "no change" expects, with variance kB r(1-r)/N if nothing had changed and
 * (B/N)^2 k q(1-q) + (k/N)^2 B p(1-p) as it is.
 *
 * Source: J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions (2003), sections 4.2 and 10.
 *
 * @returns 0 to the mean rate; `null` where not even a fall to nothing would be found, or there is nothing to fall.
 */
export function detectableDrop(strata: readonly PlannedStratum[]): number | null {
  const mean = strata.reduce((sum, { rate }) => sum + rate, 0) / strata.length;
  if (!(mean > 0) || !isFound(strata, 1)) return null;
  let [low, high] = [0, 1];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (isFound(strata, middle)) high = middle;
    else low = middle;
  }
  return high * mean;
}

/** Whether a fall of every rate by this share is found with a power of 80 %. */
function isFound(strata: readonly PlannedStratum[], fall: number): boolean {
  let [shift, spread, actual] = [0, 0, 0];
  for (const { rate: p, candidate: k, baseline: b } of strata) {
    const n = k + b;
    const q = p * (1 - fall);
    const r = (k * q + b * p) / n;
    shift += (k * b * (p - q)) / n;
    spread += (k * b * r * (1 - r)) / n;
    actual += (b / n) ** 2 * k * q * (1 - q) + (k / n) ** 2 * b * p * (1 - p);
  }
  return shift - 0.5 >= Z_ALPHA * Math.sqrt(spread) + Z_POWER * Math.sqrt(actual);
}
