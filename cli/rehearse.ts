import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Run } from '../domain/run.ts';
import type { Trial } from '../domain/trial.ts';
import { micros } from '../domain/units.ts';
import {
  type Agent,
  createProgress,
  type Door,
  openDoor,
  openGateway,
  openResults,
  type Pack,
  readResults,
  runTrials,
  type SimulatedModel,
} from '../harness/index.ts';
import type { CollectorClient } from './collector-client.ts';
import { modelPrice } from './model-price.ts';

export type Rehearsal = {
  run: Run;
  pack: Pack;
  agent: Agent;
  model: SimulatedModel | null;
  trialsPerScenario: number;
  concurrency: number;
  collector: CollectorClient;
  /** JSONL; the trials of this run that it holds already are not run again. */
  resultsFile: string;
  /** Variables for the agent beside those of its world. */
  environment?: Record<string, string>;
  /** URLs that the agent may reach with all below them, beside the collector's for spans: that of a real model. */
  passthrough?: readonly string[];
  /** How the agent reaches its world: intercepted in this process (the default), or by addresses of a gateway. */
  door?: DoorName;
  /** `false`: the agent sends none, and trials are judged by what the world saw. */
  waitForSpans?: boolean;
  signal: AbortSignal;
};

export type DoorName = 'in-process' | 'http';

/** All of the collector that an agent may reach: it must not write to the runs and trials it is judged by. */
const otlpPaths = ['/v1/traces', '/v1/logs', '/v1/metrics'];

/**
 * Runs the trials that the results file lacks, stores each in the file and in the collector as it ends, and gives the
 * whole run.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<{ run: Run; trials: Trial[] }> {
  const { collector, run, pack, resultsFile } = rehearsal;
  await mkdir(dirname(resultsFile), { recursive: true });
  const results = await openResults(resultsFile, run);
  const door = await open(rehearsal);
  const progress = createProgress(process.stderr, run.trialsPlanned - results.done.size);
  let ended = false;
  try {
    await collector.putRun(run);
    await runTrials({
      run,
      pack,
      scenarios: pack.scenarios,
      agent: rehearsal.agent,
      model: rehearsal.model,
      trialsPerScenario: rehearsal.trialsPerScenario,
      concurrency: rehearsal.concurrency,
      done: results.done,
      door,
      spans: rehearsal.waitForSpans === false ? null : collector.spans,
      environment: rehearsal.environment ?? {},
      priceOf: modelPrice(run.model) ?? (() => null),
      signal: rehearsal.signal,
      onTrial: async (trial) => {
        await results.append(trial);
        await collector.putTrial(trial);
        progress.add(trial);
      },
    });
    await results.end(micros(Date.now() * 1000));
    ended = true;
  } finally {
    progress.stop();
    door.close();
    if (!ended) await results.close();
  }
  return readResults(resultsFile);
}

function open({ door, passthrough = [], collector }: Rehearsal): Door | Promise<Door> {
  if (door === 'http') return openGateway({ direct: [collector.url, ...passthrough] });
  return openDoor({
    passthrough,
    telemetry: otlpPaths.map((path) => new URL(path, collector.url).href),
  });
}
