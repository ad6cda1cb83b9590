import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.ts';

/** Any tally of up to 500 observations. */
const tally = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe('wilson', () => {
  // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %i of %i', (successes, n, low, high) => {
    const rate = wilson(successes, n);
    expect(rate.low).toBeCloseTo(low, 4);
    expect(rate.high).toBeCloseTo(high, 4);
  });

  it('knows nothing without observations', () => {
    expect(wilson(0, 0)).toEqual({ successes: 0, n: 0, rate: 0, low: 0, high: 1 });
  });

  it('never claims certainty', () => {
    expect(wilson(20, 20).low).toBeCloseTo(0.8389, 4);
  });

  it('contains the rate and stays within 0 to 1', () => {
    fc.assert(
      fc.property(tally, ({ successes, n }) => {
        const { rate, low, high } = wilson(successes, n);
        expect(0 <= low && low <= rate && rate <= high && high <= 1).toBe(true);
      }),
    );
  });

  it('mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(tally, ({ successes, n }) => {
        const [there, back] = [wilson(successes, n), wilson(n - successes, n)];
        expect(there.low).toBeCloseTo(1 - back.high, 12);
        expect(there.high).toBeCloseTo(1 - back.low, 12);
      }),
    );
  });

  it('rises with every success', () => {
    fc.assert(
      fc.property(tally, ({ successes, n }) => {
        const [fewer, more] = [wilson(successes, n + 1), wilson(successes + 1, n + 1)];
        expect(more.low).toBeGreaterThan(fewer.low);
        expect(more.high).toBeGreaterThan(fewer.high);
      }),
    );
  });

  it('widens with the quantile', () => {
    const [narrow, wide] = [wilson(7, 10, 1), wilson(7, 10, 2)];
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });

  it.each([
    [-1, 3],
    [4, 3],
    [0.5, 3],
    [0, Number.NaN],
  ])('refuses %d of %d', (successes, n) => {
    expect(() => wilson(successes, n)).toThrow(RangeError);
  });

  it('refuses a quantile that is none', () => {
    expect(() => wilson(1, 2, Number.NaN)).toThrow(/quantile/);
  });
});
