import { RunId, ScenarioId, TrialId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Run } from '../domain/run.ts';
import { Scenario } from '../domain/scenario.ts';
import type { Trial } from '../domain/trial.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import { reportOf, type TrialReport } from './trial-report.ts';

/** A run for the tests of this folder: two scenarios of a small pack. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    id: RunId.parse('2026-11-22t17-03-11-4f2a'),
    pack: 'sdr',
    agent: 'alice-react',
    agentVersion: '0.1.0',
    model: 'sim/sdr',
    simulated: true,
    replayed: false,
    seed: '7',
    group: null,
    commit: 'b1de927',
    trialsPlanned: 0,
    firstLook: null,
    start: micros(1_795_000_000_000_000),
    end: micros(1_795_000_060_000_000),
    verdict: null,
    ...changes,
  };
}

/** A trial of that run. Its id follows from the scenario and the index. */
export function sampleTrial(
  scenarioId: string,
  index: number,
  outcome: Outcome,
  changes: Partial<Trial> = {},
): Trial {
  const scenario = Scenario.parse({
    id: scenarioId,
    title: `Title of ${scenarioId}`,
    world: { now: '2026-11-22T09:00:00Z', services: ['mail'] },
    start: { message: 'Follow up.' },
    expect: {},
  });
  return {
    id: sampleTrialId(scenarioId, index),
    runId: sampleRun().id,
    scenario,
    digest: `digest of ${scenarioId}`,
    index,
    seed: `seed of ${index}`,
    attempts: 1,
    start: micros(1_795_000_000_000_000),
    outcome,
    scores: [],
    journal: [],
    calls: [],
    turns: [],
    ending: { kind: 'finished' },
    traceId: null,
    traceComplete: true,
    replayed: false,
    figures: {
      duration: micros(250_000),
      virtualDuration: micros(4_000_000 + index * 1_000_000),
      modelCalls: 2,
      toolCalls: 1,
      usage: null,
      cost: nanoUsd(4_200_000),
    },
    ...changes,
  };
}

/** 24 hex digits of the scenario's name and the index. */
export function sampleTrialId(scenarioId: string, index: number): TrialId {
  const name = Buffer.from(scenarioId).toString('hex').slice(-20).padStart(20, '0');
  return TrialId.parse(`${name}${index.toString(16).padStart(4, '0')}`);
}

/** The id of a scenario, checked. */
export function scenarioId(text: string): ScenarioId {
  return ScenarioId.parse(text);
}

export const PASSED: Outcome = { kind: 'passed' };
export const MISSED: Outcome = { kind: 'failed', failure: 'missed', explanation: 'no mail to Dana was sent' };
export const VOID: Outcome = { kind: 'void', cause: 'infrastructure', explanation: 'the model answered 503' };

/** The report of such a trial. */
export function sampleReport(...parts: Parameters<typeof sampleTrial>): TrialReport {
  return reportOf(sampleTrial(...parts));
}
