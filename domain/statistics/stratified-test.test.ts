import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatePasses, type Stratum, stratifiedTest } from './stratified-test.ts';

const stratum = (passed: number, n: number, before: number, of: number): Stratum => ({
  candidate: { passed, n },
  baseline: { passed: before, n: of },
});

/** Small enough to try every way in which the passes may fall to the trials. */
const strata = fc.array(
  fc
    .record({ k: fc.integer({ min: 1, max: 4 }), b: fc.integer({ min: 1, max: 4 }) })
    .chain(({ k, b }) =>
      fc
        .record({ x: fc.integer({ min: 0, max: k }), y: fc.integer({ min: 0, max: b }) })
        .map(({ x, y }) => stratum(x, k, y, b)),
    ),
  { minLength: 1, maxLength: 3 },
);

/** Of all ways to deal out the passes within each stratum, those that give the candidate no more than it has. */
function byEnumeration(all: readonly Stratum[]): number {
  let sums = [0];
  for (const { candidate, baseline } of all) {
    const n = candidate.n + baseline.n;
    const passed = candidate.passed + baseline.passed;
    const ways: number[] = [];
    for (let deal = 0; deal < 2 ** n; deal++) {
      const bits = Array.from({ length: n }, (_, place) => (deal >> place) & 1);
      if (bits.filter(Boolean).length !== passed) continue;
      ways.push(bits.slice(0, candidate.n).filter(Boolean).length);
    }
    sums = sums.flatMap((sum) => ways.map((way) => sum + way));
  }
  const had = all.reduce((sum, { candidate }) => sum + candidate.passed, 0);
  return sums.filter((sum) => sum <= had).length / sums.length;
}

describe('stratifiedTest', () => {
  it('counts what enumeration counts', () => {
    fc.assert(
      fc.property(strata, (some) => {
        expect(stratifiedTest(some)).toBeCloseTo(byEnumeration(some), 10);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["Fisher's tea, all eight cups right", stratum(0, 4, 4, 4), 1 / 70],
    ["Fisher's tea, six of eight", stratum(1, 4, 3, 4), 17 / 70],
    ['none of three after twelve of twelve', stratum(0, 3, 12, 12), 1 / 455],
    ['none of three after three of three', stratum(0, 3, 3, 3), 1 / 20],
  ])("is Fisher's exact test on one scenario: %s", (_, one, p) => {
    expect(stratifiedTest([one])).toBeCloseTo(p, 12);
  });

  it("is McNemar's exact test on pairs: only those that differ count, each for a coin", () => {
    const pairs = (worse: number, better: number, same: number) => [
      ...Array.from({ length: worse }, () => stratum(0, 1, 1, 1)),
      ...Array.from({ length: better }, () => stratum(1, 1, 0, 1)),
      ...Array.from({ length: same }, (_, place) => stratum(place % 2, 1, place % 2, 1)),
    ];
    expect(stratifiedTest(pairs(12, 0, 30))).toBeCloseTo(1 / 4096, 12);
    // Of ten coins at most two heads.
    expect(stratifiedTest(pairs(8, 2, 7))).toBeCloseTo((1 + 10 + 45) / 1024, 12);
  });

  // Penicillin for rabbits: N. Mantel, Chi-square tests with one degree of freedom, JASA 58 (1963), 690-700; R's
  // mantelhaen.test(Rabbits, exact = TRUE) gives S = 16 and a two-sided p of 0.03994.
  it('is the exact Mantel-Haenszel test on its published example', () => {
    const rabbits = [
      stratum(0, 6, 0, 5),
      stratum(3, 6, 0, 6),
      stratum(6, 6, 2, 6),
      stratum(5, 6, 6, 6),
      stratum(2, 2, 5, 5),
    ];
    const { from, chances } = candidatePasses(rabbits);
    const observed = chances[16 - from] ?? Number.NaN;
    const twoSided = chances.filter((chance) => chance <= observed * (1 + 1e-7)).reduce((a, b) => a + b, 0);
    expect(twoSided).toBeCloseTo(0.03994, 5);
  });

  it('falls with each failure more, whichever the order of the scenarios', () => {
    fc.assert(
      fc.property(strata, (some) => {
        const place = some.findIndex(({ candidate }) => candidate.passed > 0);
        fc.pre(place >= 0);
        const worse = some.map((one, at) =>
          at === place ? { ...one, candidate: { ...one.candidate, passed: one.candidate.passed - 1 } } : one,
        );
        expect(stratifiedTest(worse)).toBeLessThanOrEqual(stratifiedTest(some) + 1e-12);
        expect(stratifiedTest(some.toReversed())).toBeCloseTo(stratifiedTest(some), 12);
      }),
    );
  });

  it('says nothing of nothing, and nothing of scenarios that never vary', () => {
    expect(stratifiedTest([])).toBe(1);
    expect(stratifiedTest([stratum(3, 3, 12, 12), stratum(0, 3, 0, 12)])).toBe(1);
  });

  it('keeps its sum with thousands of trials', () => {
    const many = Array.from({ length: 200 }, (_, place) => stratum(60, 100, place % 24, 24));
    const sum = candidatePasses(many).chances.reduce((total, chance) => total + chance, 0);
    expect(sum).toBeCloseTo(1, 9);
  });
});
