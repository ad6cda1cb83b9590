/** What is known of one scenario: `passed` of `n` trials. */
export type Tally = { passed: number; n: number };

/**
 * pass^k: the chance that `k` trials of a scenario all pass, averaged over the scenarios. Each scenario contributes
 * C(passed, k) / C(n, k), the share of its k-subsets that passed whole: unbiased, where (passed / n)^k claims too much.
 *
 * Source: S. Yao et al., τ-bench: A benchmark for tool-agent-user interaction in real-world domains (2024), section 3.
 *
 * @returns `null` without scenarios, or when one has fewer than `k` trials: it has no k-subset, and leaving it out
 *   would flatter the rest.
 * @throws RangeError unless `k` is a whole number of at least 1.
 * @example passHatK([{ passed: 3, n: 4 }], 2) // 0.5
 */
export function passHatK(scenarios: readonly Tally[], k: number): number | null {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`expected k to be at least 1, got ${k}`);
  if (scenarios.length === 0 || scenarios.some(({ n }) => n < k)) return null;
  const total = scenarios.reduce((sum, tally) => sum + shareOfSubsets(tally, k), 0);
  return total / scenarios.length;
}

/** C(passed, k) / C(n, k) as a product of ratios, which neither overflows nor rounds badly. */
function shareOfSubsets({ passed, n }: Tally, k: number): number {
  let share = 1;
  for (let drawn = 0; drawn < k; drawn++) share *= Math.max(0, passed - drawn) / (n - drawn);
  return share;
}
