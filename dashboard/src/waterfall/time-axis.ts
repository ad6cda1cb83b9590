/** Microseconds. */
type Timed = { start: number; duration: number };

/** The stretch of time that a waterfall shows, in microseconds. */
export type TimeAxis = { start: number; duration: number };

/** A span's place on the axis, as shares of its width. */
export type Bar = { left: number; width: number };

/** From the first start to the last end; a trace without spans, or of no length, still has a microsecond. */
export function timeAxis(spans: readonly Timed[]): TimeAxis {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.start + span.duration);
  }
  return Number.isFinite(start) ? { start, duration: Math.max(1, end - start) } : { start: 0, duration: 1 };
}

/** Where the span lies. What sticks out of the axis (a clock that runs apart) is cut at its ends. */
export function barOf(span: Timed, axis: TimeAxis): Bar {
  const share = (time: number) => Math.max(0, Math.min(1, (time - axis.start) / axis.duration));
  const left = share(span.start);
  return { left, width: share(span.start + span.duration) - left };
}

/** Whether any of the span lies on the axis. */
export function isOnAxis(span: Timed, axis: TimeAxis): boolean {
  return span.start <= axis.start + axis.duration && span.start + span.duration >= axis.start;
}

const labelShare = 0.2;

/** Where the text of a bar has room: a label is taken to need a fifth of the axis. */
export function labelPlace({ left, width }: Bar): 'after' | 'before' | 'inside' {
  if (left + width <= 1 - labelShare) return 'after';
  return left >= labelShare ? 'before' : 'inside';
}

const steps = [1, 2, 5, 10];

/**
 * Round moments to mark on an axis of `duration` microseconds, from 0: as many as fit, at most `most`.
 *
 * @example ticks(1_000_000, 5) // [0, 500000, 1000000]: a step of 200000 would make six
 */
export function ticks(duration: number, most: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(duration / most));
  const step = steps
    .map((factor) => factor * magnitude)
    .find((size) => Math.floor(duration / size) + 1 <= most);
  const size = Math.max(1, step ?? duration);
  return Array.from({ length: Math.floor(duration / size) + 1 }, (_, index) => index * size);
}
