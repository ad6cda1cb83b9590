import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { Run } from '../domain/run.ts';
import { readResults } from '../harness/index.ts';
import { agentLoader } from './agents.ts';
import { type ExternalAgentOptions, externalAgent, telemetryVariables } from './external-agent.ts';
import { judgeAndReport } from './gate.ts';
import { chooseModel } from './models.ts';
import { newRun } from './new-run.ts';
import { chooseScenarios, loadPack, packBaseline } from './packs.ts';
import { rehearse } from './rehearse.ts';
import { withCollector } from './with-collector.ts';

export type RunOptions = ExternalAgentOptions & {
  pack: string;
  agent: string;
  spans: boolean;
  model?: string;
  scenario?: string[];
  trials: number;
  concurrency: number;
  seed: string;
  out?: string;
  baseline?: string;
  junit?: string;
  data: string;
  signal: AbortSignal;
};

/** Rehearses an agent on a pack, judges it and says where to look. */
export async function run(options: RunOptions): Promise<number> {
  const pack = chooseScenarios(await loadPack(options.pack), options.scenario);
  const model = chooseModel(pack, options.model, process.env);
  const external = externalAgent(options);
  const load = external ? async () => external : agentLoader(options.agent);
  return withCollector(options.data, async (collector) => {
    const agent = await load(collector.url);
    const fresh = newRun({
      pack: pack.name,
      agent: agent.name,
      agentVersion: agent.version,
      model: model.name,
      simulated: model.simulated !== null,
      replayed: false,
      seed: options.seed,
      trialsPlanned: pack.scenarios.length * options.trials,
    });
    const resultsFile = options.out ?? join(options.data, 'results', `${fresh.id}.jsonl`);
    const resumed = await unfinishedRun(resultsFile, fresh);
    const { run, trials } = await rehearse({
      run: resumed ?? fresh,
      pack,
      agent,
      model: model.simulated,
      environment: { ...(external && telemetryVariables(collector.url)), ...model.environment },
      door: external ? 'http' : 'in-process',
      waitForSpans: options.spans,
      passthrough: model.passthrough,
      trialsPerScenario: options.trials,
      concurrency: options.concurrency,
      collector,
      resultsFile,
      signal: options.signal,
    }).catch((error: unknown) => {
      if (options.signal.aborted)
        console.error(`the same command with --out ${resultsFile} goes on where it stopped`);
      throw error;
    });
    const judged = await judgeAndReport({
      run,
      trials,
      scenariosPlanned: pack.scenarios.map((scenario) => scenario.id),
      baseline: options.baseline ?? packBaseline(pack),
      ...(options.junit ? { junit: options.junit } : {}),
    });
    await collector.putRun(judged.run);
    console.log(`results    ${resultsFile}`);
    console.log(
      `dashboard  ${collector.lasting ? `${collector.url}/runs/${run.id}` : 'npm run rehearse -- serve'}`,
    );
    return judged.exit;
  });
}

/** The run to resume, `null` where there is none yet. */
async function unfinishedRun(resultsFile: string, wanted: Run): Promise<Run | null> {
  if (!existsSync(resultsFile)) return null;
  const { run, complete } = await readResults(resultsFile);
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
