import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors.ts';
import type { Deletions } from '../deletion/deletions.ts';
import type { Log } from '../observe/log.ts';
import type { Retention } from '../retention/retention.ts';
import type { Store } from '../store/store.ts';
import type { Gate } from './gate.ts';
import { judgeHours } from './judge-hours.ts';
import { dropReplacedBuilds, type RebuildDeps, rebuildHours } from './rebuild-hours.ts';
import { rebuildWords } from './rebuild-words.ts';

export type HousekeepingDeps = RebuildDeps & {
  /** What people have had deleted. */
  deletions: Pick<Deletions, 'pass'>;
  /** Held while nothing may change that is built. */
  gate: Pick<Gate, 'pass'>;
  /** What is past its age. */
  retention: Pick<Retention, 'pass'>;
  store: Pick<Store, 'rows' | 'derive' | 'command' | 'each' | 'insert'>;
  /** Whether figures, words and loops are kept here: of several collectors of one database, in one. */
  sumsUp: boolean;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Between passes; 15 seconds by default. */
  pauseMilliseconds?: number;
};

const dropEveryMilliseconds = 3_600_000;

/**
 * Keeps the hourly figures, the words of hours and the loops of traces up to date, and deletes what is to be deleted or
 * past its age, until the signal ends it. None waits for another. What fails is logged and tried again at the next pass.
 */
export async function keepHouse(deps: HousekeepingDeps, signal: AbortSignal): Promise<void> {
  let dropped = deps.now();
  const rebuild = async () => {
    await rebuildHours(deps, signal);
    if (deps.now() - dropped <= dropEveryMilliseconds) return;
    dropped = deps.now();
    await dropReplacedBuilds(deps, dropped);
  };
  const sums = () => [
    again('the hourly figures', rebuild, deps, signal),
    again('the words of hours', () => rebuildWords(deps, signal), deps, signal),
    again('the loops of traces', () => judgeHours(deps, signal), deps, signal),
  ];
  await Promise.all([
    ...(deps.sumsUp ? sums() : []),
    again('deletions', () => deps.deletions.pass(), deps, signal),
    again('retention', () => deps.retention.pass(), deps, signal),
  ]);
}

async function again(
  what: string,
  pass: () => Promise<unknown>,
  { gate, log, pauseMilliseconds = 15_000 }: HousekeepingDeps,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await gate.pass(pass);
    } catch (error) {
      if (!signal.aborted) log('housekeeping.late', `${what} are late: ${messageOf(error)}`, { what });
    }
    await sleep(pauseMilliseconds, null, { signal }).catch(() => {});
  }
}
