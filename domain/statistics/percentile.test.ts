import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.ts';

const values = fc.array(fc.integer(), { minLength: 1, maxLength: 50 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('percentile', () => {
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.95, 3.85],
    [1, 4],
  ])('interpolates the share %d of 1, 2, 3, 4', (q, expected) => {
    expect(percentile([4, 1, 3, 2], q)).toBeCloseTo(expected, 12);
  });

  it('says nothing without values', () => {
    expect(percentile([], 0.5)).toBeNull();
  });

  it('lies between the least and the greatest value and rises with the share', () => {
    fc.assert(
      fc.property(values, share, share, (some, one, other) => {
        const lesser = percentile(some, Math.min(one, other)) ?? Number.NaN;
        const greater = percentile(some, Math.max(one, other)) ?? Number.NaN;
        expect(lesser).toBeGreaterThanOrEqual(Math.min(...some));
        expect(greater).toBeLessThanOrEqual(Math.max(...some));
        expect(greater).toBeGreaterThanOrEqual(lesser);
      }),
    );
  });

  it('leaves the values in their order and refuses a share that is none', () => {
    const some = [3, 1, 2];
    percentile(some, 0.5);
    expect(some).toEqual([3, 1, 2]);
    expect(() => percentile(some, 1.5)).toThrow(RangeError);
  });
});
