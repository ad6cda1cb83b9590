import { describe, expect, it } from 'vitest';
import * as julian from '../../agents/julian/index.ts';
import { inProcess, julianModel } from '../../harness/index.ts';
import { failuresOf, play } from '../testing/play.ts';
import { voice } from './pack.ts';

const agent = inProcess(julian);

describe('Julian with sim/julian', () => {
  it('passes every scenario', async () => {
    const trials = await play({ pack: voice, agent });
    expect(trials).toHaveLength(voice.scenarios.length);
    expect(failuresOf(trials)).toEqual([]);
  });

  it('is too slow on the phone with a slow model, and over its budget where nobody speaks', async () => {
    const trials = await play({ pack: voice, agent, model: { ...julianModel, slowness: 5 } });
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
