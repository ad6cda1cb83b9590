import { afterAll, describe, expect, it } from 'vitest';
import * as julian from '../../agents/julian/index.ts';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { inProcess, julianModel, openDoor, runTrials, type SimulatedModel } from '../../harness/index.ts';
import { voice } from './pack.ts';

const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

async function play(model: SimulatedModel): Promise<Trial[]> {
  const trials: Trial[] = [];
  await runTrials({
    run: Run.parse({
      id: 'test',
      pack: voice.name,
      agent: julian.name,
      agentVersion: julian.version,
      model: model.name,
      simulated: true,
      replayed: false,
      seed: 'voice',
      commit: null,
      trialsPlanned: voice.scenarios.length,
      start: 0,
      end: null,
      verdict: null,
    }),
    pack: voice,
    scenarios: voice.scenarios,
    agent: inProcess(julian),
    model,
    door,
    spans: null,
    trialsPerScenario: 1,
    concurrency: 4,
    signal: new AbortController().signal,
    onTrial: (trial) => void trials.push(trial),
  });
  return trials;
}

describe('Julian with sim/julian', () => {
  it('passes every scenario, most of them without a booking', async () => {
    const trials = await play(julianModel);
    expect(voice.scenarios.length).toBeGreaterThanOrEqual(10);
    expect(trials.map(({ scenario, outcome }) => [scenario.id, outcome.kind])).toEqual(
      trials.map(({ scenario }) => [scenario.id, 'passed']),
    );
    expect(trials).toHaveLength(voice.scenarios.length);
  });

  it('is too slow on the phone with a slow model, and over its budget where nobody speaks', async () => {
    const trials = await play({ ...julianModel, slowness: 5 });
    const spoken = trials.filter(({ journal }) =>
      journal.some(({ table, after }) => table === 'telephony.utterances' && after?.from === 'agent'),
    );
    expect(spoken.length).toBeGreaterThan(6);
    for (const { outcome } of spoken)
      expect(outcome).toMatchObject({ kind: 'failed', explanation: expect.stringMatching(/answers-within/) });
    const silent = trials.filter((trial) => !spoken.includes(trial));
    for (const { outcome } of silent)
      expect(outcome).toMatchObject({ kind: 'failed', failure: 'over-budget' });
  });
});
