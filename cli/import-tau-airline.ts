import { join } from 'node:path';
import { flush, startTelemetry } from '../agents/genai/telemetry.ts';
import { formatTrial } from '../domain/format.ts';
import {
  importTauAirline,
  type ReplayedTrial,
  replayAgent,
  summarise,
  summaryLine,
} from '../harness/index.ts';
import { newRun } from './new-run.ts';
import { type DoorName, playHere } from './play-here.ts';
import { pointTelemetry } from './point-telemetry.ts';
import { rehearse } from './rehearse.ts';
import { withCollector } from './with-collector.ts';

const trialsPerTask = 2;

/**
 * Replays tau-bench's recorded airline runs in our own world, scores them from its journal and stores runs and traces
 * like any other. The last line says how many verdicts and outputs agree with the record; 1 where one does not.
 */
export async function importTauAirlineRuns(options: {
  directory: string;
  data: string;
  door: DoorName;
  signal: AbortSignal;
}): Promise<number> {
  const { pack, recordings } = await importTauAirline(options.directory);
  return withCollector(options.data, async (collector) => {
    pointTelemetry(collector.url);
    const telemetry = startTelemetry({ name: 'tau-bench', version: 'recorded' }, { maxQueueSize: 100_000 });
    const run = newRun({
      pack: pack.name,
      agent: 'tau-bench-gpt-4o',
      agentVersion: 'recorded',
      model: 'gpt-4o',
      simulated: false,
      replayed: true,
      seed: 'recorded',
      trialsPlanned: pack.scenarios.length * trialsPerTask,
    });
    const agent = replayAgent(recordings, { runId: run.id, flush });
    const model = { name: run.model, simulated: null, real: null, provider: null };
    const cast = { run, agent, model };
    const { play, close } = await playHere({ pack, casts: [cast], collector, door: options.door });
    const trials: ReplayedTrial[] = [];
    const { runs } = await rehearse({
      entries: [{ run, resultsFile: join(options.data, 'results', `${run.id}.jsonl`), provider: null }],
      pack,
      play,
      trialsPerScenario: trialsPerTask,
      concurrency: 8,
      collector,
      signal: options.signal,
      onTrial: ({ index, outcome, calls, scenario: { id } }) =>
        trials.push({ index, outcome, calls, scenario: { id } }),
    })
      .finally(close)
      .finally(() => telemetry.shutdown());
    for (const done of runs) await collector.putRun(done.run);
    const summary = summarise(trials, recordings);
    for (const { scenarioId, index, about, explanation } of summary.disagreements) {
      console.log(`${formatTrial(scenarioId, index)} ${about}: ${explanation}`);
    }
    console.log(`pass^1 ${figure(summary.passHat1)}, pass^2 ${figure(summary.passHat2)} over trials 0 and 1`);
    console.log(summaryLine(summary));
    return summary.disagreements.length === 0 ? 0 : 1;
  });
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(3);
}
