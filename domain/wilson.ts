import type { Rate } from './rate.ts';

/** The two-sided 95 % quantile of the normal distribution. */
export const Z_95 = 1.96;

/**
 * A proportion with its Wilson score interval: the rates that a score test with quantile `z` would not reject.
 *
 *     (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Unlike p ± z√(p(1-p)/n) it never claims certainty after 20 of 20 (84 to 100 %) and never leaves 0 to 1. Without
 * observations (`n` = 0) it is the whole range, 0 to 1.
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
 *
 * @throws RangeError unless `successes` and `n` are whole numbers with 0 ≤ successes ≤ n, and `z` > 0.
 * @example wilson(20, 20).low // 0.8389
 */
export function wilson(successes: number, n: number, z: number = Z_95): Rate {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(n) || successes < 0 || successes > n) {
    throw new RangeError(`expected whole numbers with 0 <= successes <= n, got ${successes} of ${n}`);
  }
  if (!(z > 0)) throw new RangeError(`expected a quantile above 0, got ${z}`);
  if (n === 0) return { successes, n, rate: 0, low: 0, high: 1 };
  const rate = successes / n;
  const scale = 1 + z ** 2 / n;
  const middle = (rate + z ** 2 / (2 * n)) / scale;
  const reach = (z * Math.sqrt((rate * (1 - rate)) / n + z ** 2 / (4 * n ** 2))) / scale;
  return {
    successes,
    n,
    rate,
    low: successes === 0 ? 0 : Math.max(0, middle - reach),
    high: successes === n ? 1 : Math.min(1, middle + reach),
  };
}
