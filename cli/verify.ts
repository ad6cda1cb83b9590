import { statSync } from 'node:fs';
import { type FirstDifference, firstDifference } from '../domain/first-difference.ts';
import { formatTrial } from '../domain/format.ts';
import type { Json } from '../domain/json.ts';
import type { Run } from '../domain/run.ts';
import { micros } from '../domain/units.ts';
import {
  type Agent,
  factsOf,
  fixedThrottle,
  importTauAirline,
  type Pack,
  replayAgent,
  runLanes,
} from '../harness/index.ts';
import { agentFile, loadAgent } from './agents.ts';
import { type ChosenModel, chooseModel } from './models.ts';
import { newRun } from './new-run.ts';
import { loadPack } from './packs.ts';
import { playHere } from './play-here.ts';

export type VerifyOptions = {
  /** Name or file of a pack; or a directory with the recordings of tau-bench's airline. */
  pack: string;
  agent: string;
  model?: string;
  trials: number;
  /** Trials at a time, a round each. */
  concurrency: readonly number[];
  seed: string;
  signal: AbortSignal;
};

/** What is verified: the agent for a run, since a replay knows its trials by their ids. */
type Subject = { pack: Pack; model: ChosenModel; trials: number; agentOf(run: Run): Agent; name: string };

/**
 * Plays a pack once at each concurrency, with the same seed and without spans, and compares what happened, trial by trial.
 * 0 where all is the same; 1 with the first difference of each trial that is not.
 */
export async function verify(options: VerifyOptions): Promise<number> {
  const subject = await subjectOf(options);
  const [first = 1, ...others] = options.concurrency;
  const expected = await playedFacts(subject, options, first);
  console.log(`${subject.pack.name}: ${expected.size} trials of ${subject.name}, ${first} at a time`);
  let differing = 0;
  for (const concurrency of others) {
    const actual = await playedFacts(subject, options, concurrency);
    const differences = [...expected].flatMap(([name, facts]) => {
      const difference = firstDifference(JSON.parse(facts), JSON.parse(actual.get(name) ?? 'null') as Json);
      return difference ? [`  ✗ ${name}  ${described(difference, first, concurrency)}`] : [];
    });
    differing += differences.length;
    const same = expected.size - differences.length;
    console.log(
      `${concurrency} at a time: journals, calls, words and outcomes of ${same}/${expected.size} are the same`,
    );
    for (const line of differences) console.log(line);
  }
  return differing === 0 ? 0 : 1;
}

async function subjectOf({ pack: name, agent, model, trials }: VerifyOptions): Promise<Subject> {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) {
    const { pack, recordings } = await importTauAirline(name);
    const trialsRecorded = recordings.reduce((most, { index }) => Math.max(most, index + 1), 0);
    return {
      pack,
      model: { name: 'gpt-4o', simulated: null, real: null, provider: null },
      trials: trialsRecorded,
      agentOf: ({ id }) => replayAgent(recordings, { runId: id, flush: async () => {} }),
      name: 'the recorded gpt-4o',
    };
  }
  const pack = await loadPack(name);
  const chosen = chooseModel(pack, model, null);
  const loaded = await loadAgent(agentFile(agent), null);
  return { pack, model: chosen, trials, agentOf: () => loaded, name: `${loaded.name} with ${chosen.name}` };
}

/** By the names of the trials; as text, which takes a fraction of the memory. */
async function playedFacts(
  { pack, model, trials, agentOf }: Subject,
  { seed, signal }: VerifyOptions,
  concurrency: number,
): Promise<Map<string, string>> {
  const run = newRun({
    pack: pack.name,
    agent: 'verified',
    agentVersion: '',
    model: model.name,
    simulated: model.simulated !== null,
    replayed: false,
    seed,
    trialsPlanned: pack.scenarios.length * trials,
  });
  const { play, close } = await playHere({
    pack,
    casts: [{ run, agent: agentOf(run), model }],
    collector: null,
  });
  const facts = new Map<string, string>();
  const lane = { run, done: new Set<never>(), dearest: null, throttle: fixedThrottle(concurrency), play };
  await runLanes({
    lanes: [lane],
    scenarios: pack.scenarios,
    trialsPerScenario: trials,
    budget: null,
    until: null,
    clock: () => micros(Date.now() * 1000),
    signal,
    onTrial(trial) {
      facts.set(formatTrial(trial.scenario.id, trial.index), JSON.stringify(factsOf(trial)));
    },
  }).finally(close);
  // By name, whatever the order in which they ended.
  return new Map([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function described({ path, left, right }: FirstDifference, first: number, second: number): string {
  return `${path || 'the trial'}: ${shown(left)} at ${first}, ${shown(right)} at ${second}`;
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
