import { describe, expect, it } from 'vitest';
import { randomStream } from '../harness/index.ts';
import { DEFAULT_POLICY } from './gate-policy.ts';
import { planRows, smallestEnough } from './plan.ts';
import { oneBroken, resampled, uniformDrop } from './resampling.ts';
import { baseline, times } from './sample-gate.ts';
import { simulate } from './simulation.ts';

const mixed = baseline(
  times(30, 0).map((_, s) => (s * 5) % 13),
  12,
);
const certain = baseline(times(20, 12), 12);
const failsOf = (scenarios: ReturnType<typeof resampled>, runs: number, seed: string) => {
  const random = randomStream(seed, 'test');
  return times(runs, 0).filter(() => simulate(scenarios, 12, DEFAULT_POLICY, random).verdict.kind === 'fail')
    .length;
};

describe('simulate', () => {
  it('seldom fails an agent that did not change, and mostly one that lost 25 points', () => {
    expect(failsOf(resampled(mixed), 60, 'a')).toBeLessThanOrEqual(6);
    expect(failsOf(resampled(mixed, uniformDrop(mixed, 0.25)), 20, 'b')).toBeGreaterThanOrEqual(16);
  });

  it('finds one broken scenario by the fresh trials it asks for', () => {
    const { verdict, firstLook, played } = simulate(
      resampled(certain, oneBroken(certain)),
      12,
      DEFAULT_POLICY,
      randomStream('c', 'test'),
    );
    expect(verdict.reasons.map(({ code }) => code)).toContain('scenario-regressed');
    expect([firstLook.length, played]).toEqual([60, 69]);
  });

  it('plays the same again for the same seed', () => {
    const [one, other] = times(2, 0).map(() =>
      simulate(resampled(mixed), 12, DEFAULT_POLICY, randomStream('d', 'test')),
    );
    expect(other).toEqual(one);
  });
});

describe('planRows', () => {
  const rows = planRows(mixed, [1, 3, 6, 12], [0.05, 0.1]);

  it('sees more, passes more and costs more with more trials', () => {
    for (const [place, row] of rows.entries()) {
      const before = rows[place - 1];
      if (!before) continue;
      expect(row.drop ?? 1).toBeLessThan(before.drop ?? 1);
      expect(row.cost ?? 0).toBeGreaterThan(before.cost ?? 0);
      expect(row.passes[1]?.chance ?? 0).toBeGreaterThan(before.passes[1]?.chance ?? 1);
    }
    // Thirty scenarios at $0.004 a trial.
    expect(rows[1]?.cost).toBe(3 * 30 * 4e6);
  });

  it('foretells how often an unchanged agent passes at the first look', () => {
    const random = randomStream('e', 'test');
    const policy = { ...DEFAULT_POLICY, extraLooks: 0, screen: 1e-9 };
    const passes = times(200, 0).filter(
      () => simulate(resampled(mixed), 12, policy, random).verdict.kind === 'pass',
    ).length;
    expect(Math.abs(passes / 200 - (rows[1]?.passes[1]?.chance ?? 9))).toBeLessThan(0.12);
  });

  it('takes the smallest size that is enough, and that the money is enough for', () => {
    expect(smallestEnough(rows, 0.1, null)?.trials).toBe(6);
    expect(smallestEnough(rows, 0.1, 0.1)).toBeNull();
    const unpriced = rows.map((row) => ({ ...row, cost: null }));
    expect(smallestEnough(unpriced, 0.1, 100)).toBeNull();
  });
});
