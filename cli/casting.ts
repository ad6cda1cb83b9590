import { AppError } from '../domain/errors.ts';
import type { Agent, Pack, Play } from '../harness/index.ts';
import { agentFile, loadAgent, readAgent } from './agents.ts';
import type { CollectorClient } from './collector-client.ts';
import { type ExternalAgentOptions, externalAgent, telemetryVariables } from './external-agent.ts';
import { isPriced } from './model-price.ts';
import type { ChosenModel } from './models.ts';
import { playHere } from './play-here.ts';
import { playInWorkers } from './play-in-workers.ts';
import type { Provider } from './provider.ts';
import type { Entry } from './rehearse.ts';

/** An entry file, or an agent outside this process. */
export type Source = string | Agent;

/** A run before it is played: by whom, with which model. */
export type Casting = { source: Source; model: AskedModel; entry: Entry };

/** With the name by which a worker finds it too. */
export type AskedModel = ChosenModel & { asked: string | undefined };

/** The agents that the command line names: one outside this process, or entry files. */
export function sourcesOf(options: ExternalAgentOptions & { agent: readonly string[] }): readonly Source[] {
  const external = externalAgent(options);
  return external ? [external] : options.agent.map(agentFile);
}

/** What an agent is called, and its version. */
export async function identityOf(source: Source): Promise<{ name: string; version: string }> {
  const { name, version } = typeof source === 'string' ? await readAgent(source) : source;
  return { name, version };
}

/**
 * Makes ready to play some runs: in this process where one agent's code can do it, else in others. An agent's telemetry is
 * its process's, so two of them are never in one.
 */
export async function openPlay(
  options: {
    /** Name or file, and its scenarios where not all are played. */
    pack: string;
    scenario?: string[] | undefined;
    workers?: number | undefined;
    spans: boolean;
  },
  pack: Pack,
  casting: readonly Casting[],
  collector: CollectorClient,
  provider: Provider,
): Promise<{ play: Play; close(): Promise<void> }> {
  const waitForSpans = options.spans;
  const stage = { pack, collector, provider, waitForSpans };
  const external = casting.flatMap(({ source, entry, model }) =>
    typeof source === 'string' ? [] : [{ run: entry.run, agent: source, model }],
  );
  if (external.length > 0) {
    const environment = telemetryVariables(collector.url);
    return playHere({ ...stage, casts: external, door: 'http', environment });
  }
  const bySource = [...Map.groupBy(casting, ({ source }) => String(source))];
  const [[file, own] = ['', []]] = bySource;
  if (bySource.length === 1 && options.workers === undefined) {
    const agent = await loadAgent(file, collector.url);
    return playHere({ ...stage, casts: own.map(({ entry, model }) => ({ run: entry.run, agent, model })) });
  }
  const setups = bySource.map(([agent, some]) => ({
    pack: options.pack,
    scenario: options.scenario,
    agent,
    runs: some.map(({ entry, model }) => ({ run: entry.run, model: model.asked })),
    collectorUrl: collector.url,
    waitForSpans,
  }));
  return playInWorkers(pack, options.workers ?? 1, setups);
}

/**
 * Nobody could tell when the money for an unpriced model is spent.
 *
 * @throws AppError MODEL_UNPRICED
 */
export function checkPrices(pack: Pack, models: readonly ChosenModel[], maxUsd: number | undefined): void {
  const limited = pack.scenarios.find(({ limits }) => limits.usd !== undefined);
  if (maxUsd === undefined && !limited) return;
  const unpriced = models.find(({ name }) => !isPriced(name));
  if (!unpriced) return;
  const why = maxUsd === undefined ? `limits.usd of ${limited?.id}` : '--max-usd';
  throw new AppError('MODEL_UNPRICED', `${why}: expected a model with a price, got "${unpriced.name}"`);
}

/** Trials at a time where nothing is said: of simulated models, and of a real one at most. */
const simulatedConcurrency = 8;
const realConcurrency = 100;

export function concurrencyOf(asked: number | undefined, models: readonly ChosenModel[]): number {
  return asked ?? (models.every(({ simulated }) => simulated) ? simulatedConcurrency : realConcurrency);
}
