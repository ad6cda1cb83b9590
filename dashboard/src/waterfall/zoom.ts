import type { TimeAxis } from './time-axis.ts';

type Timed = { start: number; duration: number };

const closer = 0.5;
const panShare = 0.25;
/** Microseconds: nothing shorter is told apart. */
const shortest = 10;
/** Around a span that is fitted, so that its ends are seen as ends. */
const margin = 0.05;

/**
 * The stretch of time that a key asks for: `w` closer and `s` further around the middle of the selected span (of the
 * stretch, where it is elsewhere), `a` earlier, `d` later, `f` the selected span, `0` the whole trace. `null` when the key
 * means nothing here.
 */
export function zoom(view: TimeAxis, whole: TimeAxis, key: string, selected: Timed | null): TimeAxis | null {
  switch (key) {
    case 'w':
      return scaled(view, whole, closer, selected);
    case 's':
      return scaled(view, whole, 1 / closer, selected);
    case 'a':
      return within({ ...view, start: view.start - view.duration * panShare }, whole);
    case 'd':
      return within({ ...view, start: view.start + view.duration * panShare }, whole);
    case 'f': {
      if (!selected) return null;
      const around = selected.duration * margin;
      return within({ start: selected.start - around, duration: selected.duration + 2 * around }, whole);
    }
    case '0':
      return whole;
    default:
      return null;
  }
}

/** The stretch between two shares of the whole, in either order. */
export function stretchBetween(whole: TimeAxis, from: number, to: number): TimeAxis {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return within(
    { start: whole.start + first * whole.duration, duration: (last - first) * whole.duration },
    whole,
  );
}

function scaled(view: TimeAxis, whole: TimeAxis, factor: number, selected: Timed | null): TimeAxis {
  const middleOfSpan = selected ? selected.start + selected.duration / 2 : Number.NaN;
  const seen = middleOfSpan >= view.start && middleOfSpan <= view.start + view.duration;
  const middle = seen ? middleOfSpan : view.start + view.duration / 2;
  const duration = view.duration * factor;
  return within({ start: middle - duration / 2, duration }, whole);
}

/** Moved, and cut where it is longer, so that it lies within the whole. */
function within({ start, duration }: TimeAxis, whole: TimeAxis): TimeAxis {
  const length = Math.min(whole.duration, Math.max(shortest, duration));
  const last = whole.start + whole.duration - length;
  return { start: Math.min(last, Math.max(whole.start, start)), duration: length };
}
