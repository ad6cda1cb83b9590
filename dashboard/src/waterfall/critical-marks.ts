import { type Bar, barOf, isOnAxis, type TimeAxis } from './time-axis.ts';

/** Marks nearer than this share of the axis are one to the eye: a row holds no more of them than it has pixels. */
const nearest = 1 / 500;

/**
 * Where a row is underlined: the stretches that lie on the axis, those too near to be told apart as one.
 *
 * @param stretches by time, microseconds
 */
export function criticalMarks(stretches: readonly { start: number; end: number }[], axis: TimeAxis): Bar[] {
  const marks: Bar[] = [];
  for (const { start, end } of stretches) {
    const stretch = { start, duration: end - start };
    if (!isOnAxis(stretch, axis)) continue;
    const bar = barOf(stretch, axis);
    const last = marks.at(-1);
    if (last && bar.left - (last.left + last.width) < nearest) last.width = bar.left + bar.width - last.left;
    else marks.push(bar);
  }
  return marks;
}
