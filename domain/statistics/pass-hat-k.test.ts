import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passHatK, type Tally } from './pass-hat-k.ts';

/** `counts[c]` scenarios that passed `c` of 4 trials. */
function scenarios(counts: readonly number[]): Tally[] {
  return counts.flatMap((count, passed) => Array.from({ length: count }, () => ({ passed, n: 4 })));
}

describe('passHatK', () => {
  // The published gpt-4o figures on τ-bench airline (50 tasks, 4 trials each); one tally alone gives all four.
  it.each([
    [1, 0.42],
    [2, 0.273],
    [3, 0.22],
    [4, 0.2],
  ])('gives the published pass^%i of gpt-4o on τ-bench airline', (k, published) => {
    expect(passHatK(scenarios([14, 12, 10, 4, 10]), k)).toBeCloseTo(published, 3);
  });

  it('is the share of k-subsets that passed whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 10 }),
        (trials, k) => {
          fc.pre(k <= trials.length);
          const subsets = subsetsOf(trials, k);
          const whole = subsets.filter((subset) => subset.every(Boolean)).length;
          const passed = trials.filter(Boolean).length;
          expect(passHatK([{ passed, n: trials.length }], k)).toBeCloseTo(whole / subsets.length, 12);
        },
      ),
    );
  });

  it('falls with k', () => {
    const tallies = scenarios([1, 2, 3, 4, 5]);
    const values = [1, 2, 3, 4].map((k) => passHatK(tallies, k) ?? Number.NaN);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('says nothing where a scenario has too few trials, or there is none', () => {
    expect(
      passHatK(
        [
          { passed: 4, n: 4 },
          { passed: 1, n: 1 },
        ],
        2,
      ),
    ).toBeNull();
    expect(passHatK([], 1)).toBeNull();
  });

  it('refuses a k that is none', () => {
    expect(() => passHatK([{ passed: 1, n: 1 }], 0)).toThrow(RangeError);
  });
});

function subsetsOf<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    subsetsOf(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
