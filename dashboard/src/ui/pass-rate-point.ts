import type { RunSummary } from '../../../domain/run.ts';

/** A run's pass rate as it is drawn: `below` and `above` reach to the ends of its interval. */
export type PassRatePoint = { runId: string; label: string; rate: number; below: number; above: number };

export function passRatePoint(
  { id, passRate: { rate, low, high } }: RunSummary,
  label: string,
): PassRatePoint {
  return { runId: id, label, rate, below: rate - low, above: high - rate };
}
