import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { micros } from '../domain/units.ts';
import {
  type Agent,
  openDoor,
  openResults,
  type Pack,
  runTrials,
  type SimulatedModel,
  startProgress,
} from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';

export type Rehearsal = {
  title: string;
  run: Run;
  pack: Pack;
  agent: Agent;
  model: SimulatedModel | null;
  trialsPerScenario: number;
  concurrency: number;
  collector: CollectorClient;
  /** JSONL; the trials it already holds are not run again. */
  resultsFile: string;
  signal: AbortSignal;
};

/**
 * Runs the trials that the results file lacks, each stored in the file and in the collector as it finishes.
 *
 * @returns the run, ended, and all its trials
 */
export async function rehearse(rehearsal: Rehearsal): Promise<{ run: Run; trials: Trial[] }> {
  const { collector, pack, signal } = rehearsal;
  const results = await openResults(rehearsal.resultsFile, rehearsal.run);
  const progress = startProgress({ title: rehearsal.title, total: results.run.trialsPlanned, done: results.trials });
  const door = openDoor({ passthrough: [new URL(collector.url).origin] });
  const trials = [...results.trials];
  try {
    await collector.putRun(results.run);
    await runTrials({
      pack,
      agent: rehearsal.agent,
      model: rehearsal.model,
      run: results.run,
      trialsPerScenario: rehearsal.trialsPerScenario,
      concurrency: rehearsal.concurrency,
      done: results.trials.map((trial) => trial.id),
      door,
      spans: collector.spans,
      signal,
      onTrial: async (trial) => {
        await results.append(trial);
        await collector.putTrials([trial]);
        trials.push(trial);
        progress.add(trial);
      },
    });
    const run = { ...results.run, end: micros(Date.now() * 1000) };
    return { run, trials };
  } finally {
    door.close();
    progress.stop();
    await results.close();
  }
}
