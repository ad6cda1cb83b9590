import type { ProjectId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import { summariseTrial } from '../domain/summarise-trial.ts';
import type { Trial } from '../domain/trial.ts';
import type { Deleted } from './deletion/deleted.ts';
import type { Writes } from './reads.ts';
import { type NativeColumn, nanoTime, nullableInt64, ofProject, text, uint32 } from './store/native-block.ts';
import type { Store } from './store/store.ts';

/**
 * What the harness stores in a project, into ClickHouse. The later of two records of one id replaces the earlier; of what was deleted
 * nothing is stored again.
 */
export function storeWrites(store: Store, project: ProjectId, deleted: () => Deleted | null): Writes {
  return {
    async putRun(run) {
      if (deleted()?.covers({ traceId: '', at: run.start })) return;
      await store.insert('runs', ofProject(project, RUN_COLUMNS), [run]);
    },
    async putTrials(trials) {
      const gone = deleted();
      const kept = trials.filter(({ id, start }) => !gone?.coversTrial(id, start));
      await store.insert('trials', ofProject(project, TRIAL_COLUMNS), kept);
    },
  };
}

const RUN_COLUMNS: readonly NativeColumn<Run>[] = [
  text('run_id', (run) => run.id),
  nanoTime('start', (run) => BigInt(run.start) * 1000n),
  text('pack', (run) => run.pack),
  text('agent', (run) => run.agent),
  text('record', (run) => JSON.stringify(run)),
];

const TRIAL_COLUMNS: readonly NativeColumn<Trial>[] = [
  text('run_id', (trial) => trial.runId),
  text('trial_id', (trial) => trial.id),
  text('scenario_id', (trial) => trial.scenario.id),
  uint32('trial_index', (trial) => trial.index),
  nanoTime('start', (trial) => BigInt(trial.start) * 1000n),
  text('outcome', (trial) => trial.outcome.kind),
  nullableInt64('virtual_duration', (trial) => trial.figures.virtualDuration),
  nullableInt64('cost', (trial) => trial.figures.cost),
  text('summary', (trial) => JSON.stringify(summariseTrial(trial))),
  text('record', (trial) => JSON.stringify(trial)),
];
