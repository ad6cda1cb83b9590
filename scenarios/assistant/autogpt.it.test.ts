import { describe, expect, it } from 'vitest';
import * as autogpt from '../../agents/autogpt/index.ts';
import { autogptModel, inProcess } from '../../harness/index.ts';
import { play } from '../testing/play.ts';
import { assistant } from './pack.ts';

describe('the open-ended loop', () => {
  it('is reported looping in at least four of five trials', async () => {
    const trials = await play({ pack: assistant, agent: inProcess(autogpt), model: autogptModel });
    const looping = trials.filter(({ scores }) =>
      scores.some((score) => score.scorer === 'loops' && score.kind === 'scored' && !score.pass),
    );
    expect(trials).toHaveLength(assistant.scenarios.length);
    expect(looping.length / trials.length).toBeGreaterThanOrEqual(0.8);
  });
});
