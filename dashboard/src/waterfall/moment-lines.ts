import type { TimeAxis } from './time-axis.ts';

/**
 * Vertical lines at moments, as the CSS background of whatever is as wide as the axis; `none` where none lies on it.
 *
 * @param moments microseconds since the epoch
 */
export function momentLines(moments: readonly number[], axis: TimeAxis): string {
  const shares = moments
    .map((moment) => (moment - axis.start) / axis.duration)
    .filter((share) => share >= 0 && share <= 1);
  return (
    shares
      .map((share) => {
        const place = `${Number((share * 100).toFixed(3))}%`;
        return `linear-gradient(to right, transparent calc(${place} - 1px), var(--kind-human) calc(${place} - 1px) calc(${place} + 1px), transparent calc(${place} + 1px))`;
      })
      .join(', ') || 'none'
  );
}
