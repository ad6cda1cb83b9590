import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';
import { wilson } from './wilson.ts';

const rate = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.integer({ min: 0, max: n }).map((successes) => wilson(successes, n)));

describe('difference', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('gives the published interval of %i/%i minus %i/%i', (s1, n1, s2, n2, low, high) => {
    const found = difference(wilson(s1, n1, 1.959964), wilson(s2, n2, 1.959964));
    expect(found?.value).toBeCloseTo(s1 / n1 - s2 / n2, 12);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  it('says nothing when a side has no observations', () => {
    expect(difference(wilson(0, 0), wilson(1, 1))).toBeNull();
    expect(difference(wilson(1, 1), wilson(0, 0))).toBeNull();
  });

  it('contains the difference and stays within -1 to 1', () => {
    fc.assert(
      fc.property(rate, rate, (left, right) => {
        const { value, low, high } = difference(left, right) ?? { value: 2, low: 0, high: 0 };
        expect(-1 - 1e-12 <= low && low <= value && value <= high && high <= 1 + 1e-12).toBe(true);
      }),
    );
  });

  it('turns its sign when the sides change places', () => {
    fc.assert(
      fc.property(rate, rate, (left, right) => {
        const [there, back] = [difference(left, right), difference(right, left)];
        expect(there?.low).toBeCloseTo(-(back?.high ?? Number.NaN), 12);
        expect(there?.high).toBeCloseTo(-(back?.low ?? Number.NaN), 12);
      }),
    );
  });

  it('rises with every success on the left, falls with every success on the right', () => {
    fc.assert(
      fc.property(rate, rate, ({ successes, n }, other) => {
        const [fewer, more] = [wilson(successes, n + 1), wilson(successes + 1, n + 1)];
        const bounds = [
          [difference(fewer, other), difference(more, other)],
          [difference(other, more), difference(other, fewer)],
        ] as const;
        for (const [lesser, greater] of bounds) {
          expect(greater?.low).toBeGreaterThanOrEqual(lesser?.low ?? Number.NaN);
          expect(greater?.high).toBeGreaterThanOrEqual(lesser?.high ?? Number.NaN);
        }
      }),
    );
  });
});
