import { HOUR } from './plan-hours.ts';
import { type BuiltHour, type HourState, isBuilt } from './queries/hour-states.ts';
import type { Window } from './reads.ts';

const second = 1e6;
/** Where spans lie whose clock says less than that it is 2000, or more than that it is 2099: see `bucketOf`. */
const [firstHour, lastHour] = [946_684_800, 4_102_441_200];

/**
 * A part of a window, in microseconds. `live` is read from the spans, `built` from what is built of its hours: these are
 * known up to `until`.
 */
export type TracePart =
  | { kind: 'live'; from: number; to: number }
  | { kind: 'built'; from: number; to: number; until: number; hours: readonly BuiltHour[] };

/** How much a part holds: of spans that are read so many microseconds, of what is built so many traces. */
export type Pace = { micros: number; traces: number };

/**
 * The parts of a window in which there may be spans, from its end to its beginning. `pace` is looked at before each.
 *
 * @param states of the window and of the hour behind it, by time
 */
export function* partsOf(
  states: readonly HourState[],
  window: Window,
  pace: Readonly<Pace>,
): Generator<TracePart> {
  const newestFirst = states.toReversed();
  const byHour = new Map(states.map((state) => [state.hour, state]));
  let to: number = window.to;
  for (let place = 0; to > window.from; ) {
    const state = newestFirst[place];
    if (!state) return;
    if (startOf(state) >= to) {
      place++;
      continue;
    }
    const end = Math.min(to, endOf(state));
    if (end <= window.from) return;
    const run = runOf(newestFirst.slice(place), pace);
    const floor = Math.max(window.from, startOf(run.at(-1) ?? state));
    if (isBuilt(state)) {
      yield { kind: 'built', from: floor, to: end, ...reachOf(state, run.filter(isBuilt), byHour) };
      to = floor;
    } else {
      const from = Math.max(floor, end - pace.micros);
      yield { kind: 'live', from, to: end };
      to = from;
    }
  }
}

function startOf({ hour }: HourState): number {
  return hour <= firstHour ? 0 : hour * second;
}

function endOf({ hour }: HourState): number {
  return hour >= lastHour ? Number.MAX_SAFE_INTEGER : (hour + HOUR) * second;
}

/** The hours that are read in one way from the first one on; of built ones as many as the pace allows. */
function runOf(states: readonly HourState[], { traces }: Readonly<Pace>): HourState[] {
  const [first] = states;
  const run: HourState[] = [];
  let held = 0;
  for (const state of states) {
    if (
      !first ||
      isBuilt(state) !== isBuilt(first) ||
      (run.length > 0 && isBuilt(first) && held + state.traces > traces)
    )
      break;
    run.push(state);
    held += state.traces;
  }
  return run;
}

/** With the hour behind the newest, into which its traces may go on, as far as that is known. */
function reachOf(newest: HourState, run: readonly BuiltHour[], byHour: ReadonlyMap<number, HourState>) {
  const next = byHour.get(newest.hour + HOUR);
  if (next && !isBuilt(next)) return { hours: run, until: endOf(newest) };
  return {
    hours: next && isBuilt(next) ? [next, ...run] : run,
    until: Math.min(endOf(newest) + HOUR * second, Number.MAX_SAFE_INTEGER),
  };
}

/** The hour in which a span lies that starts then, in seconds since the epoch. */
export function hourOf(micros: number): number {
  return Math.min(lastHour, Math.max(firstHour, Math.floor(micros / second / HOUR) * HOUR));
}
