import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { PROSPECT_PARAMETERS } from '../../harness/index.ts';
import { agentFile, readAgent } from '../agents.ts';
import { chooseModel } from '../models.ts';
import { newRun, newRunId } from '../new-run.ts';
import { chooseScenarios, loadPack } from '../packs.ts';
import { playInWorkers } from '../play-in-workers.ts';
import { pointTelemetry } from '../point-telemetry.ts';
import { openProvider } from '../provider.ts';
import { rehearse } from '../rehearse.ts';
import { withCollector } from '../with-collector.ts';
import { type ComparedSetting, comparedSetting, type Setting } from './comparison.ts';
import { comparisonPage } from './comparison-page.ts';
import { comparisonTable } from './comparison-table.ts';
import { withAllServices } from './everywhere.ts';
import { measureTrial, type TrialMeasure } from './measure-trial.ts';

export type CompareOptions = {
  pack: string;
  agents: readonly string[];
  tools: readonly number[];
  models: readonly string[];
  scenario?: string[];
  trials: number;
  concurrency: number;
  seed: string;
  out?: string;
  data: string;
  signal: AbortSignal;
};

/** A comparison with all that made it: what `--out` writes as JSON. */
export type Comparison = {
  pack: string;
  scenarios: number;
  trialsPerScenario: number;
  seed: string;
  /** At least one of the models stands in for a real one. Replies are simulated always. */
  simulated: boolean;
  prospects: typeof PROSPECT_PARAMETERS;
  settings: ComparedSetting[];
};

/** The variable by which the agents here are told how many tools to offer. */
const TOOLS_VARIABLE = 'ALICE_TOOLS';

/** Plays each agent with each number of tools and each model on the same scenarios and says how they differ. */
export async function compare(options: CompareOptions): Promise<number> {
  const form = formOf(options.out);
  const pack = withAllServices(chooseScenarios(await loadPack(options.pack), options.scenario));
  const provider = await openProvider(process.env);
  const models = options.models.map((asked) => ({ ...chooseModel(pack, asked, provider), asked }));
  const files = options.agents.map(agentFile);
  return withCollector(options.data, async (collector) => {
    pointTelemetry(collector.url);
    const group = newRunId();
    const casts: { setting: Setting; run: Run; file: string; asked: string; provider: string | null }[] = [];
    for (const file of files) {
      const { name, version } = await readAgent(file);
      for (const model of models) {
        for (const tools of options.tools) {
          const run = newRun({
            pack: pack.name,
            agent: `${name}, ${tools} tools`,
            agentVersion: version,
            model: model.name,
            simulated: model.simulated !== null,
            replayed: false,
            seed: options.seed,
            group,
            trialsPlanned: pack.scenarios.length * options.trials,
          });
          const setting = { agent: name, version, tools, model: model.name };
          casts.push({ setting, run, file, asked: model.asked, provider: model.provider });
        }
      }
    }
    const setups = [...Map.groupBy(casts, ({ file }) => file)].map(([agent, own]) => ({
      pack: options.pack,
      scenario: options.scenario,
      agent,
      runs: own.map(({ run, asked, setting }) => ({
        run,
        model: asked,
        environment: { [TOOLS_VARIABLE]: String(setting.tools) },
      })),
      collectorUrl: collector.url,
      waitForSpans: true,
    }));
    const { play, close } = playInWorkers(pack, 1, setups);
    const measured = new Map<RunId, Promise<TrialMeasure | null>[]>();
    const measure = async (trial: Trial) => {
      const { spans, complete } = await collector.spans.spansOf(trial.id, options.signal);
      const own = spans.filter(({ traceId }) => traceId === trial.traceId);
      return measureTrial(trial, complete ? own : null, pack);
    };
    const { runs } = await rehearse({
      entries: casts.map(({ run, provider: of }) => ({
        run,
        resultsFile: join(options.data, 'results', `${run.id}.jsonl`),
        provider: of,
      })),
      pack,
      play,
      trialsPerScenario: options.trials,
      concurrency: options.concurrency,
      collector,
      onTrial: (trial) => {
        const list = measured.get(trial.runId) ?? [];
        list.push(measure(trial));
        measured.set(trial.runId, list);
      },
      signal: options.signal,
    }).finally(close);
    for (const { run } of runs) await collector.putRun(run);
    const settings: ComparedSetting[] = [];
    for (const { setting, run } of casts) {
      const compared = comparedSetting(setting, await Promise.all(measured.get(run.id) ?? []));
      if (compared) settings.push(compared);
    }
    const comparison: Comparison = {
      pack: pack.name,
      scenarios: pack.scenarios.length,
      trialsPerScenario: options.trials,
      seed: options.seed,
      simulated: models.some(({ simulated }) => simulated !== null),
      prospects: PROSPECT_PARAMETERS,
      settings,
    };
    console.log(comparisonTable(comparison));
    if (options.out && form) await writeFile(options.out, form(comparison));
    if (options.out) console.log(`written to ${options.out}`);
    return settings.length === casts.length ? 0 : 3;
  });
}

/** What `--out` is written as, by its ending. */
function formOf(out: string | undefined): ((comparison: Comparison) => string) | null {
  if (out === undefined) return null;
  const ending = extname(out);
  if (ending === '.html') return comparisonPage;
  if (ending === '.json') return (comparison) => `${JSON.stringify(comparison, null, 2)}\n`;
  throw new AppError('USAGE', `--out: expected a file that ends with .html or .json, got "${out}"`);
}
