import type { Observation } from '../observe.ts';
import { type Ask, type Flow, look } from './flow.ts';
import { timeIn } from './observations.ts';

/** A planted misbehaviour of the simulated SDR. */
export type SdrFault = 'loops' | 'resends';

/** What decisions rest on beside the tool results. */
export type Scene = {
  random: () => number;
  misbehaves(fault: SdrFault): boolean;
  /** Whether the tool can be called. */
  offers(tool: string): boolean;
  /** Lines that answers may be taken from. */
  material: readonly string[];
  /** The words in which a time was named that may be offered; `null`: none was. */
  mayOffer: string | null;
  /** Epoch milliseconds, once the time was asked for; `null`: nobody knows. */
  now?: number | null;
};

/** A look, and the time with the first one. */
export function* lookWithClock(scene: Scene, wanted: Ask): Flow<Observation> {
  if (scene.now !== undefined) return (yield* look(wanted))[0];
  const [seen, clock] = yield* look(wanted, { tool: 'current_time', arguments: {} });
  scene.now = timeIn(clock);
  return seen;
}
