import type { Rate } from './rate.ts';

/** A difference of two proportions, -1 to 1, with its interval. */
export type Difference = { value: number; low: number; high: number };

/**
 * `left` minus `right` with Newcombe's hybrid score interval, built from the two Wilson intervals and of their
 * confidence. With p, l, u the rate and the bounds of each side:
 *
 *     low  = p1 - p2 - √((p1 - l1)² + (u2 - p2)²)
 *     high = p1 - p2 + √((u1 - p1)² + (p2 - l2)²)
 *
 * It takes every observation as independent, and both sides as drawn from the same mix of scenarios.
 *
 * Source: R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven
 * methods, Statistics in Medicine 17 (1998), 873-890, method 10.
 *
 * @returns `null` when a side has no observations: there is no difference to speak of.
 * @example difference(wilson(56, 70), wilson(48, 80)) // { value: 0.2, low: 0.0524, high: 0.3339 }
 */
export function difference(left: Rate, right: Rate): Difference | null {
  if (left.n === 0 || right.n === 0) return null;
  const value = left.rate - right.rate;
  return {
    value,
    low: value - Math.hypot(left.rate - left.low, right.high - right.rate),
    high: value + Math.hypot(left.high - left.rate, right.rate - right.low),
  };
}
