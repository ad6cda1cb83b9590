import { describe, expect, it } from 'vitest';
import { RunSummary } from '../../../../domain/run.ts';
import { passRateHistory } from './pass-rate-history.ts';

function runOf(id: string, part: Partial<Record<keyof RunSummary, unknown>> = {}): RunSummary {
  return RunSummary.parse({
    id,
    pack: 'sdr',
    agent: 'alice',
    agentVersion: '1',
    model: 'm',
    simulated: true,
    replayed: false,
    seed: 's',
    commit: '0123456789',
    trialsPlanned: 4,
    start: 0,
    end: 1,
    verdict: null,
    trials: 4,
    passed: 3,
    failed: 1,
    voided: 0,
    passRate: { successes: 3, n: 4, rate: 0.75, low: 0.5, high: 0.875 },
    cost: null,
    p95Duration: null,
    ...part,
  });
}

describe('passRateHistory', () => {
  it('is of the newest finished run: its pack, agent and model, oldest first', () => {
    const history = passRateHistory([
      runOf('running', { end: null, pack: 'other' }),
      runOf('c'),
      runOf('x', { pack: 'other' }),
      runOf('b', { commit: null }),
      runOf('y', { agent: 'bob' }),
      runOf('w', { model: 'other' }),
      runOf('z', { replayed: true }),
      runOf('a'),
    ]);
    expect(history).toMatchObject({ pack: 'sdr', agent: 'alice' });
    expect(history?.points.map(({ runId, label }) => [runId, label])).toEqual([
      ['a', '0123456'],
      ['b', '1'],
      ['c', '0123456'],
    ]);
    expect(history?.points[0]).toMatchObject({ rate: 0.75, below: 0.25, above: 0.125 });
  });

  it('is nothing while it is too short', () => {
    expect(passRateHistory([runOf('a'), runOf('b')])).toBeNull();
    expect(passRateHistory([])).toBeNull();
  });
});
