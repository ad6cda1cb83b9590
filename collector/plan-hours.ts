import type { HourParams } from './queries/hour-params.ts';
import { hourStates, isBuilt } from './queries/hour-states.ts';
import { enclosingCalls, nestedCallsOfHours } from './queries/nested-calls.ts';
import type { Store } from './store/store.ts';

export const HOUR = 3600;
const QUARTER = 900;

/**
 * A span may be written this long after the clock was read for its mark: a build that began sooner may lack it. Longer
 * than any insert may take.
 */
export const GRACE_SECONDS = 60;

type HourDeps = {
  store: Pick<Store, 'rows'>;
  project: string;
  graceSeconds?: number;
};

/**
 * Where to read the hours of a window from, in seconds since the epoch: rebuilt ones from span_hours, others from the
 * spans themselves. What is read so is exact, also while spans arrive. The builds are named first and read afterwards,
 * so that none is named whose rows are not there.
 *
 * @param live reads all hours from the spans, as steps shorter than an hour need it.
 */
export async function planHours(
  { store, project, graceSeconds = GRACE_SECONDS }: HourDeps,
  window: { from: number; to: number },
  live: boolean,
): Promise<HourParams> {
  const states = await store.rows(hourStates, { project, ...window, grace: graceSeconds });
  const rebuilt = live ? [] : states.filter(isBuilt);
  const liveHours = states.filter((state) => live || !isBuilt(state)).map(({ hour }) => hour);
  return {
    project,
    hours: rebuilt.map(({ hour }) => hour),
    builds: rebuilt.map(({ build }) => build),
    liveHours,
    enclosing: await enclosingCallsOfHours(store, project, liveHours),
  };
}

/**
 * The calls of some hours that do not count since a call beneath them does. What is beneath a call is looked for within
 * its hour and a quarter of an hour around it.
 */
export async function enclosingCallsOfHours(
  store: Pick<Store, 'rows'>,
  project: string,
  hours: readonly number[],
): Promise<string[]> {
  if (hours.length === 0) return [];
  const quarters = new Set(
    hours.flatMap((hour) => [-1, 0, 1, 2, 3, 4].map((place) => hour + place * QUARTER)),
  );
  return enclosingCalls(await store.rows(nestedCallsOfHours, { project, quarters: [...quarters] }));
}
