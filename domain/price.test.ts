import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, Price } from './price.ts';
import type { Usage } from './usage.ts';

const price = Price.parse({
  model: 'm',
  from: '2025-01-01',
  input: 3,
  output: 15,
  cacheRead: 0.3,
  cacheWrite: 3.75,
  longPrompt: { tokens: 200_000, input: 6, output: 22.5 },
  source: 'simulated',
});
const nothing: Usage = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
const cost = (usage: Partial<Usage>, generates = true) =>
  costOf({ ...nothing, ...usage }, price, { generates });

describe('costOf', () => {
  it('prices each bucket at its own rate; reasoning is output', () => {
    expect(cost({ input: 1, cacheRead: 10, cacheWrite: 100, output: 1000, reasoning: 10_000 })).toBe(
      3000 + 3000 + 375_000 + 11_000 * 15_000,
    );
  });

  it.each([{ input: 10 }, { output: 10 }, { input: 10, reasoning: 5 }, { cacheRead: 10, output: 5 }, {}])(
    'leaves %j unpriced: a bucket that costs is unknown',
    (usage) => {
      expect(cost(usage)).toBeNull();
    },
  );

  it('takes a real zero for one', () => {
    expect(cost({ input: 0, output: 0 })).toBe(0);
  });

  it('asks no output of a call that generates nothing, or whose output is free', () => {
    expect(cost({ input: 10 }, false)).toBe(30_000);
    const free = { ...price, output: 0 };
    expect(costOf({ ...nothing, input: 10 }, free, { generates: true })).toBe(30_000);
  });

  it('prices a long prompt, cached parts included, at its own rates throughout', () => {
    expect(cost({ input: 200_000, output: 1 })).toBe(600_015_000);
    expect(cost({ input: 200_000, cacheRead: 1, output: 1 })).toBe(1_200_000_000 + 6000 + 22_500);
  });

  it('is unpriced rather than inexact', () => {
    expect(cost({ input: Number.MAX_SAFE_INTEGER, output: 0 })).toBeNull();
  });

  it('never falls when tokens are added to a bucket', () => {
    const tokens = fc.nat({ max: 1_000_000 });
    const usage = fc.record({
      input: tokens,
      cacheRead: tokens,
      cacheWrite: tokens,
      output: tokens,
      reasoning: tokens,
    });
    const bucket = fc.constantFrom('input', 'cacheRead', 'cacheWrite', 'output', 'reasoning');
    const flat = { ...price, longPrompt: undefined };
    fc.assert(
      fc.property(usage, bucket, tokens, (before, name, more) => {
        const after = { ...before, [name]: before[name] + more };
        const of = (counted: Usage) => costOf(counted, Price.parse(flat), { generates: true }) ?? -1;
        expect(of(after)).toBeGreaterThanOrEqual(of(before));
      }),
    );
  });
});
