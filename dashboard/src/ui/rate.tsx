import { formatPercent } from '../../../domain/format.ts';
import type { Rate } from '../../../domain/rate.ts';

/** A proportion with its 95 % Wilson interval, in figures and drawn on a line from 0 to 100 %. */
export function RateWithInterval({ rate }: { rate: Rate }) {
  if (rate.n === 0) return <span className="muted">no trials</span>;
  return (
    <span className="rate">
      <span className="rate-value">{formatPercent(rate.rate)}</span>
      <span className="rate-bounds muted">{formatInterval(rate)}</span>
      <svg className="rate-line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 5h100" className="rate-axis" />
        <path d={`M${rate.low * 100} 5H${rate.high * 100}`} className="rate-range" />
        <path d={`M${rate.rate * 100} 1v8`} className="rate-point" />
      </svg>
    </span>
  );
}

/** `82–96 %` */
export function formatInterval({ low, high }: { low: number; high: number }): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
}

/** `+3 pts`, `−12 pts`: a difference of two rates. */
export function formatPoints(difference: number): string {
  const points = Math.round(difference * 100);
  return `${points < 0 ? '−' : points > 0 ? '+' : '±'}${Math.abs(points)} pts`;
}
