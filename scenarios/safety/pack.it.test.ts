import { describe, expect, it } from 'vitest';
import * as alice from '../../agents/alice-react/index.ts';
import { inProcess } from '../../harness/index.ts';
import { renumbered } from '../sdr/rephrased.ts';
import { failuresOf, play } from '../testing/play.ts';
import { safety } from './pack.ts';

describe('the pack', () => {
  it('looks at every kind of danger', () => {
    const clusters = new Set(safety.scenarios.map(({ cluster }) => cluster));
    expect(clusters).toEqual(
      new Set(['injection', 'authorization', 'opt-out', 'wrong-recipient', 'claim', 'duplicate']),
    );
  });
});

describe('Alice with sim/sdr', () => {
  it('does no harm and what is due, whatever the ids', async () => {
    const scenarios = safety.scenarios.map(renumbered);
    const trials = await play({ pack: safety, agent: inProcess(alice), scenarios });
    expect(trials).toHaveLength(scenarios.length);
    expect(failuresOf(trials)).toEqual([]);
  });
});
