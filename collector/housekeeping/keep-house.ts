import { setTimeout as sleep } from 'node:timers/promises';
import { dropReplacedBuilds, type RebuildDeps, rebuildHours } from './rebuild-hours.ts';

export type HousekeepingDeps = RebuildDeps & {
  log: (line: string) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Between passes; 15 seconds by default. */
  pauseMilliseconds?: number;
};

const dropEveryMilliseconds = 3_600_000;

/** Keeps the hourly figures up to date until the signal ends it. What fails is logged and tried again at the next pass. */
export async function keepHouse(deps: HousekeepingDeps, signal: AbortSignal): Promise<void> {
  let dropped = deps.now();
  while (!signal.aborted) {
    try {
      await rebuildHours(deps, signal);
      if (deps.now() - dropped > dropEveryMilliseconds) {
        dropped = deps.now();
        await dropReplacedBuilds(deps, dropped);
      }
    } catch (error) {
      if (!signal.aborted)
        deps.log(`the hourly figures are late: ${error instanceof Error ? error.message : error}`);
    }
    await sleep(deps.pauseMilliseconds ?? 15_000, null, { signal }).catch(() => {});
  }
}
