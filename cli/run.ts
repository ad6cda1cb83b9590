import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTable } from '../ci/run-table.ts';
import { AppError } from '../domain/errors.ts';
import { formatCost } from '../domain/format.ts';
import type { Run } from '../domain/run.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import { type LanesEnd, type Pack, readTrials } from '../harness/index.ts';
import {
  type AskedModel,
  type Casting,
  checkPrices,
  concurrencyOf,
  identityOf,
  openPlay,
  type Source,
  sourcesOf,
} from './casting.ts';
import type { CollectorClient } from './collector-client.ts';
import type { ExternalAgentOptions } from './external-agent.ts';
import { judgeAndReport } from './gate.ts';
import { chooseModel } from './models.ts';
import { newRun, newRunId } from './new-run.ts';
import { chooseScenarios, loadPack, packBaseline } from './packs.ts';
import { pointTelemetry } from './point-telemetry.ts';
import { CASSETTE, CASSETTE_MODE, openProvider } from './provider.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { withCollector } from './with-collector.ts';
import { worstExit } from './worst-exit.ts';

export type RunOptions = ExternalAgentOptions & {
  pack: string;
  agent: string[];
  spans: boolean;
  model: (string | undefined)[];
  scenario?: string[];
  trials: number;
  concurrency?: number;
  workers?: number;
  maxUsd?: number;
  maxMinutes?: number;
  seed: string;
  cassette?: string;
  cassetteMode?: string;
  out?: string;
  baseline?: string;
  junit?: string;
  data: string;
  signal: AbortSignal;
};

/** Rehearses each agent with each model on a pack, judges every run and says where to look. */
export async function run(options: RunOptions): Promise<number> {
  const pack = chooseScenarios(await loadPack(options.pack), options.scenario);
  if (options.cassette) process.env[CASSETTE] = options.cassette;
  if (options.cassetteMode) process.env[CASSETTE_MODE] = options.cassetteMode;
  const provider = await openProvider(process.env);
  const models = options.model.map((name) => ({ ...chooseModel(pack, name, provider), asked: name }));
  const sources = sourcesOf(options);
  checkPrices(pack, models, options.maxUsd);
  const until =
    options.maxMinutes === undefined ? null : micros((Date.now() + options.maxMinutes * 6e4) * 1000);
  return withCollector(options.data, async (collector) => {
    pointTelemetry(collector.url);
    const isReplay = provider.cassette?.mode === 'strict';
    const casting = await castRuns(options, pack, sources, models, isReplay);
    const { play, close } = await openPlay(options, pack, casting, collector, provider);
    const { runs, stopped } = await rehearse({
      entries: casting.map(({ entry }) => entry),
      pack,
      play,
      trialsPerScenario: options.trials,
      concurrency: concurrencyOf(options.concurrency, models),
      maxCost: options.maxUsd === undefined ? null : nanoUsd(options.maxUsd * 1e9),
      until,
      collector,
      signal: options.signal,
    })
      .catch((error: unknown) => {
        if (options.signal.aborted) console.error(`${resumeLine(options, casting)} goes on where it stopped`);
        throw error;
      })
      .finally(close);
    await provider.close();
    return report(options, pack, collector, runs, stopped);
  });
}

async function castRuns(
  options: RunOptions,
  pack: Pack,
  sources: readonly Source[],
  models: readonly AskedModel[],
  isReplay: boolean,
): Promise<Casting[]> {
  const several = sources.length * models.length > 1;
  const group = several ? newRunId() : null;
  const casting: Casting[] = [];
  for (const source of sources) {
    const { name, version } = await identityOf(source);
    for (const model of models) {
      const fresh = newRun({
        pack: pack.name,
        agent: name,
        agentVersion: version,
        model: model.name,
        simulated: model.simulated !== null,
        replayed: isReplay && model.real !== null,
        seed: options.seed,
        group,
        trialsPlanned: pack.scenarios.length * options.trials,
      });
      const resultsFile = resultsFileOf(options, fresh, several);
      const resumed = await unfinishedRun(resultsFile, fresh);
      const entry = { run: resumed ?? fresh, resultsFile, provider: model.provider };
      casting.push({ source, model, entry });
    }
  }
  return casting;
}

/** Of several runs each has its file, in a directory where one is named. */
function resultsFileOf({ out, data }: RunOptions, run: Run, several: boolean): string {
  if (out === undefined) return join(data, 'results', `${run.id}.jsonl`);
  if (!several) return out;
  return join(out, `${`${run.agent}--${run.model}`.replaceAll(/[^\w.+-]/g, '-')}.jsonl`);
}

async function report(
  options: RunOptions,
  pack: Pack,
  collector: CollectorClient,
  runs: readonly Rehearsed[],
  stopped: LanesEnd['stopped'],
): Promise<number> {
  const exits: number[] = [];
  for (const { run, trials, resultsFile } of runs) {
    const junit = options.junit && junitFileOf(options.junit, run, runs.length > 1);
    const judged = await judgeAndReport({
      run,
      trials,
      scenariosPlanned: pack.scenarios.map((scenario) => scenario.id),
      baseline: options.baseline ?? (await packBaseline(pack)),
      ...(junit ? { junit } : {}),
    });
    await collector.putRun(judged.run);
    exits.push(judged.exit);
    console.log(`results    ${resultsFile}`);
    console.log(`dashboard  ${collector.lasting ? `${collector.url}/runs/${run.id}` : 'rehearse serve'}`);
  }
  if (runs.length > 1) console.log(`\n${runTable(runs)}`);
  if (stopped) console.log(`\n${stoppedLine(options, stopped)}`);
  return worstExit(exits);
}

function stoppedLine({ maxUsd, maxMinutes }: RunOptions, stopped: NonNullable<LanesEnd['stopped']>): string {
  const rest = `${stopped.notStarted} trials were not started`;
  const cure = (option: string) =>
    `the same command with --out of these results and a larger ${option} goes on`;
  return stopped.why === 'budget'
    ? `the budget of $${maxUsd} is spent (${formatCost(stopped.spent)}): ${rest}; ${cure('--max-usd')}`
    : `the ${maxMinutes} minutes are over: ${rest}; ${cure('--max-minutes')}`;
}

function resumeLine({ out, data }: RunOptions, casting: readonly Casting[]): string {
  const [only] = casting;
  const file = casting.length === 1 && only ? only.entry.resultsFile : (out ?? join(data, 'results'));
  return `the same command with --out ${file}`;
}

function junitFileOf(file: string, run: Run, several: boolean): string {
  return several ? file.replace(/(\.xml)?$/, `-${run.id}.xml`) : file;
}

/** The run to resume, `null` where there is none yet. */
async function unfinishedRun(resultsFile: string, wanted: Run): Promise<Run | null> {
  if (!existsSync(resultsFile)) return null;
  const { run, complete } = await readTrials(resultsFile, () => {});
  if (complete) {
    throw new AppError(
      'USAGE',
      `${resultsFile} holds the finished run ${run.id}: expected a new or unfinished file`,
    );
  }
  for (const what of ['pack', 'agent', 'agentVersion', 'model', 'seed', 'trialsPlanned'] as const) {
    if (run[what] !== wanted[what]) {
      throw new AppError(
        'USAGE',
        `${resultsFile} holds an unfinished run with ${what} ${run[what]}: expected ${wanted[what]}, or another file`,
      );
    }
  }
  return run;
}
