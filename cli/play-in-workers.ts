import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { RunId } from '../domain/ids.ts';
import { openWorkerPool, type Pack, type Play } from '../harness/index.ts';
import type { WorkerSetup } from './trial-worker.ts';

const program = join(import.meta.dirname, `trial-worker${extname(import.meta.filename)}`);

/**
 * Plays the trials of some runs in processes of their own, `workers` for each agent: two agents in one process would
 * share its telemetry.
 */
export function playInWorkers(
  pack: Pack,
  workers: number,
  setups: readonly WorkerSetup[],
): { play: Play; close(): Promise<void> } {
  const pools = setups.map((setup) =>
    openWorkerPool({
      size: workers,
      setup,
      fixtures: pack.fixtures,
      spawn: () => fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    }),
  );
  const byRun = new Map<RunId, (typeof pools)[number]>();
  for (const [place, setup] of setups.entries()) {
    for (const { run } of setup.runs) byRun.set(run.id, pools[place] as (typeof pools)[number]);
  }
  return {
    async play(plan, signal, tell) {
      const pool = byRun.get(plan.runId);
      if (!pool) throw new Error(`run ${plan.runId} has no workers`);
      return pool.play(plan, signal, tell);
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}
