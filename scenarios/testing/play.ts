import { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import {
  type Agent,
  type Door,
  findSimulatedModel,
  openDoor,
  type Pack,
  runTrials,
  type SimulatedModel,
  type SpanSource,
} from '../../harness/index.ts';

export type Play = {
  pack: Pack;
  agent: Agent;
  /** One of the pack's, by name and with faults as in `sim/sdr+loops`, or any other; default: the pack's first. */
  model?: string | SimulatedModel;
  /** Default: all of the pack. */
  scenarios?: readonly Scenario[];
  /** Default: 1. */
  trialsPerScenario?: number;
  /** Default: a door of its own, for as long as it plays. */
  door?: Door;
  spans?: SpanSource;
};

/** Plays scenarios in this process as `rehearse run` does, with seeds of the pack's name, and gives the trials as they ended. */
export async function play({ pack, agent, scenarios = pack.scenarios, ...options }: Play): Promise<Trial[]> {
  const model = modelOf(pack, options.model);
  const { trialsPerScenario = 1, door = openDoor({ passthrough: [] }), spans = null } = options;
  const run = Run.parse({
    ...{ id: 'test', pack: pack.name, agent: agent.name, agentVersion: agent.version, model: model.name },
    ...{
      simulated: true,
      replayed: false,
      seed: pack.name,
      commit: null,
      start: 0,
      end: null,
      verdict: null,
    },
    trialsPlanned: scenarios.length * trialsPerScenario,
  });
  const trials: Trial[] = [];
  try {
    await runTrials({
      ...{ run, pack, scenarios, agent, model, door, spans, trialsPerScenario, concurrency: 4 },
      signal: new AbortController().signal,
      onTrial: (trial) => void trials.push(trial),
    });
  } finally {
    if (!options.door) door.close();
  }
  return trials;
}

function modelOf(pack: Pack, model: Play['model'] = pack.models[0]): SimulatedModel {
  if (typeof model === 'object') return model;
  const found = findSimulatedModel(pack.models, model ?? '');
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

/** The trials that did not pass, and why: `{ scenario, kind, failure, explanation }`. */
export function failuresOf(trials: readonly Trial[]) {
  return trials.flatMap(({ scenario, outcome }) =>
    outcome.kind === 'passed' ? [] : [{ scenario: scenario.id as string, ...outcome }],
  );
}
