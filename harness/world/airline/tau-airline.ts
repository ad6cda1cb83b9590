import type { Scenario } from '../../../domain/scenario.ts';
import type { Pack } from '../../pack.ts';
import { airlineService } from './airline-service.ts';
import { type RecordedRun, readAirlineData } from './data-files.ts';
import { PACK, type Recording, recordingOf } from './recording.ts';
import { scenarioOf } from './task-scenario.ts';

/* What the command needs beside the import itself. */
export { replayAgent } from './replay-agent.ts';
export { type ReplayedTrial, summarise, summaryLine } from './summary.ts';

export type TauAirline = { pack: Pack; recordings: Recording[] };

/**
 * Turns tau-bench's airline into a pack (a scenario a task, its expectations derived from the reference calls) and its
 * recorded runs into recordings that a replaying agent plays back.
 *
 * @param directory holds flights.json, reservations.json, users.json and gpt-4o-trials-0-1.json
 * @throws AppError DATA_DIRECTORY_MISSING naming what is absent, DATA_UNREADABLE for what is not as expected
 */
export async function importTauAirline(directory: string): Promise<TauAirline> {
  const { world, runs } = await readAirlineData(directory);
  const scenarios: Scenario[] = [];
  for (const run of firstOfEachTask(runs))
    scenarios.push(await scenarioOf(run.task_id, run.info.task, world));
  return {
    pack: {
      name: PACK,
      scenarios,
      services: [airlineService],
      fixtures: { [PACK]: world },
      models: [],
    },
    recordings: runs.map(recordingOf),
  };
}

function firstOfEachTask(runs: readonly RecordedRun[]): RecordedRun[] {
  const byTask = new Map<number, RecordedRun>();
  for (const run of runs) if (!byTask.has(run.task_id)) byTask.set(run.task_id, run);
  return [...byTask.values()].sort((a, b) => a.task_id - b.task_id);
}
