import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBuild, leastBuild } from './build-number.ts';

const until2250 = fc.integer({ min: 0, max: Date.UTC(2250, 0) });

describe('the number of a build', () => {
  it('is exact, in the order of time, and at least the least of its millisecond', () => {
    fc.assert(
      fc.property(until2250, fc.nat(999), fc.nat(999), (millis, one, other) => {
        const [first, second] = [one, other].map((drawn) => drawBuild(millis, () => drawn));
        expect(Number.isSafeInteger(first)).toBe(true);
        expect(first === second).toBe(one === other);
        expect(first).toBeGreaterThanOrEqual(leastBuild(millis));
        expect(first).toBeLessThan(leastBuild(millis + 1));
      }),
    );
  });

  it('is above those of a version that took the milliseconds themselves', () => {
    expect(leastBuild(Date.UTC(2026, 0))).toBeGreaterThan(Date.UTC(2200, 0));
  });
});
