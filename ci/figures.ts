import type { Rate } from '../domain/rate.ts';

/** `6.7 %`. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** A difference of proportions in percentage points: `+1.2`, `-14.0`, `0.0`. */
export function points(ratio: number): string {
  const text = (ratio * 100).toFixed(1);
  if (Number(text) === 0) return '0.0';
  return ratio > 0 ? `+${text}` : text;
}

/** `27 of 30 (90.0 %)`. */
export function tally({ successes, n, rate }: Pick<Rate, 'successes' | 'n' | 'rate'>): string {
  return `${successes} of ${n} (${percent(rate)})`;
}
