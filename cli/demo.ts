import { once } from 'node:events';
import { join } from 'node:path';
import type { TrialReport } from '../ci/trial-report.ts';
import type { Agent, SimulatedModel } from '../harness/index.ts';
import { sdr } from '../scenarios/sdr/pack.ts';
import { agentFile, loadAgent } from './agents.ts';
import { type CollectorClient, collectorClient } from './collector-client.ts';
import { judgeAndReport, judgeRun } from './gate.ts';
import { chooseModel } from './models.ts';
import { newRun } from './new-run.ts';
import { startOwnCollector } from './own-collector.ts';
import { packBaseline } from './packs.ts';
import { playHere } from './play-here.ts';
import { rehearse } from './rehearse.ts';
import { withRunKey } from './run-key.ts';
import { seedCampaign } from './seed.ts';

export type DemoOptions = { once?: boolean; port: number; data: string; signal: AbortSignal };

const trialsPerScenario = 1;
/** First written to each day of the simulated campaign. */
const campaignLeads = 20;
const scenariosPlanned = sdr.scenarios.map((scenario) => scenario.id);

/** The whole path: serve, rehearse Alice, judge her, show that planted misbehaviours are caught, stay up. */
export async function demo({ once: onlyOnce, port, data, signal }: DemoOptions): Promise<number> {
  const begin = Date.now();
  console.log('starting ClickHouse, the collector and the dashboard ...');
  const server = await startOwnCollector({ data, port });
  try {
    console.log(`ready at ${server.url} after ${seconds(begin)}`);
    const collector = collectorClient(server.url, { lasting: true, key: server.localKey });
    const exit = await withRunKey({ url: server.url, key: server.localKey }, () =>
      shownAll({ collector, data, signal }, begin),
    );
    console.log(`\ndashboard  ${server.url}/`);
    console.log(`metrics    ${server.url}/metrics`);
    if (onlyOnce) return exit;
    console.log('stays up; Ctrl+C ends it');
    if (!signal.aborted) await once(signal, 'abort');
    return exit;
  } finally {
    await server.close();
  }
}

/** Plays and judges all there is to show. @returns the exit code of the agent that does not misbehave */
async function shownAll(stage: Stage, begin: number): Promise<number> {
  const { collector, signal } = stage;
  const agent = await loadAgent(agentFile('alice-react'), collector.url);

  const [model, ...planted] = sdr.models;
  if (!model) throw new Error('the sdr pack has no model');
  console.log(`\nrehearsing ${agent.name} on ${sdr.scenarios.length} scenarios, one trial each`);
  const exit = await judged(stage, agent, model);
  console.log(`verdict after ${seconds(begin)}`);

  console.log('\nthe same agent with planted misbehaviours, one trial of each scenario:');
  for (const misbehaviour of planted) await shown(stage, agent, misbehaviour);

  console.log(`\n${await seedCampaign(collector.url, { leads: campaignLeads, signal })}`);
  return exit;
}

type Stage = { collector: CollectorClient; data: string; signal: AbortSignal };

async function played(stage: Stage, agent: Agent, model: SimulatedModel, trialsPerScenario: number) {
  const run = newRun({
    pack: sdr.name,
    agent: agent.name,
    agentVersion: agent.version,
    model: model.name,
    simulated: true,
    replayed: false,
    seed: '1',
    trialsPlanned: sdr.scenarios.length * trialsPerScenario,
  });
  const resultsFile = join(stage.data, 'results', `${run.id}.jsonl`);
  const cast = { run, agent, model: chooseModel(sdr, model.name, null) };
  const { play, close } = await playHere({ pack: sdr, casts: [cast], collector: stage.collector });
  const { runs } = await rehearse({
    entries: [{ run, resultsFile, provider: null }],
    pack: sdr,
    play,
    trialsPerScenario,
    concurrency: 8,
    collector: stage.collector,
    signal: stage.signal,
  }).finally(close);
  return runs[0] ?? { run, trials: [] };
}

async function judged(stage: Stage, agent: Agent, model: SimulatedModel): Promise<number> {
  const { run, trials } = await played(stage, agent, model, trialsPerScenario);
  const verdict = await judgeAndReport({ run, trials, scenariosPlanned, baseline: await packBaseline(sdr) });
  await stage.collector.putRun(verdict.run);
  return verdict.exit;
}

/** Runs a planted misbehaviour and prints what the scorers say of it. */
async function shown(stage: Stage, agent: Agent, model: SimulatedModel): Promise<void> {
  const { run, trials } = await played(stage, agent, model, 1);
  // Its model is not the baseline's: the verdict is "fail" for harm done, else "cannot measure".
  const verdict = await judgeRun({ run, trials, scenariosPlanned, baseline: await packBaseline(sdr) });
  await stage.collector.putRun(verdict.run);
  const failed = trials.flatMap((trial) =>
    trial.outcome.kind === 'failed' ? [line(trial, trial.outcome)] : [],
  );
  console.log(
    `\n${model.name}: ${failed.length === 0 ? 'NOT CAUGHT' : `caught in ${failed.length} of ${trials.length}`}`,
  );
  for (const text of failed) console.log(text);
}

function line(trial: TrialReport, outcome: { failure: string; explanation: string }): string {
  return `  ✗ ${trial.scenarioId}  ${outcome.failure}: ${outcome.explanation}`;
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
