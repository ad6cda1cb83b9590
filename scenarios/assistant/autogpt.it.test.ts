import { afterAll, describe, expect, it } from 'vitest';
import * as autogpt from '../../agents/autogpt/index.ts';
import { Run } from '../../domain/run.ts';
import type { Trial } from '../../domain/trial.ts';
import { autogptModel, inProcess, openDoor, runTrials } from '../../harness/index.ts';
import { assistant } from './pack.ts';

const door = openDoor({ passthrough: [] });
afterAll(() => door.close());

describe('the open-ended loop', () => {
  it('is reported looping in at least four of five trials', async () => {
    const trials: Trial[] = [];
    await runTrials({
      run: Run.parse({
        id: 'test',
        pack: assistant.name,
        agent: autogpt.name,
        agentVersion: autogpt.version,
        model: autogptModel.name,
        simulated: true,
        replayed: false,
        seed: 'autogpt',
        commit: null,
        trialsPlanned: assistant.scenarios.length,
        start: 0,
        end: null,
        verdict: null,
      }),
      pack: assistant,
      scenarios: assistant.scenarios,
      agent: inProcess(autogpt),
      model: autogptModel,
      door,
      spans: null,
      trialsPerScenario: 1,
      concurrency: 8,
      signal: new AbortController().signal,
      onTrial: (trial) => void trials.push(trial),
    });
    const looping = trials.filter(({ scores }) =>
      scores.some((score) => score.scorer === 'loops' && score.kind === 'scored' && !score.pass),
    );
    expect(trials).toHaveLength(assistant.scenarios.length);
    expect(looping.length / trials.length).toBeGreaterThanOrEqual(0.8);
  });
});
