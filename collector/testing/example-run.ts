import { Run } from '../../domain/run.ts';
import { Scenario } from '../../domain/scenario.ts';
import { Trial } from '../../domain/trial.ts';
import { NOON } from './example-span.ts';

const at = Number(NOON / 1000n);

/** A run, with what a test cares about laid over it. */
export const exampleRun = (id: string, overrides: object = {}) =>
  Run.parse({
    id,
    pack: 'sdr',
    agent: 'alice-react',
    agentVersion: '1.0.0',
    model: 'sim/sdr',
    simulated: true,
    replayed: false,
    seed: '1',
    commit: null,
    trialsPlanned: 3,
    start: at,
    end: null,
    verdict: null,
    ...overrides,
  });

export const exampleScenario = Scenario.parse({
  id: 'sdr/opt-out',
  title: 'A lead who opted out',
  world: { now: '2026-11-22T12:00:00Z', services: ['crm'] },
  start: { message: 'Write to the lead.' },
  expect: {},
});

/** A trial of that run. @param number also its place, and a part of its id and its times */
export const exampleTrial = (number: number, runId: string, outcome: object, cost: number | null) =>
  Trial.parse({
    id: number.toString(16).padStart(24, '0'),
    runId,
    scenario: exampleScenario,
    digest: 'd',
    index: number,
    seed: String(number),
    start: at + number,
    outcome,
    scores: [],
    journal: [],
    calls: [],
    turns: [{ from: 'agent', text: 'Nothing sent – “opted out” 🙅' }],
    traceId: null,
    traceComplete: true,
    figures: {
      duration: 1000,
      virtualDuration: number * 1000,
      modelCalls: 1,
      toolCalls: 0,
      usage: null,
      cost,
    },
  });
