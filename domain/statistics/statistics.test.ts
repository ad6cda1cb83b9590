import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterBootstrap, clusterMean, reachOf } from './cluster-mean.ts';
import { detectableDrop } from './detectable-drop.ts';
import { holm } from './holm.ts';
import { hypergeometric } from './hypergeometric.ts';
import { tQuantile } from './student-t.ts';
import { upperBound95 } from './upper-bound.ts';

describe('hypergeometric', () => {
  it('has mean and variance of the formulas, and sums to one', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), fc.nat(3000), (n, a, b) => {
        const [successes, drawn] = [Math.min(a, n), Math.min(b, n)];
        const { from, chances } = hypergeometric({ n, successes, drawn });
        let [sum, mean] = [0, 0];
        for (const [place, chance] of chances.entries()) {
          sum += chance;
          mean += chance * (from + place);
        }
        expect(sum).toBeCloseTo(1, 9);
        expect(mean).toBeCloseTo(n === 0 ? 0 : (drawn * successes) / n, 6);
      }),
    );
  });

  it.each([
    { n: 3, successes: 4, drawn: 1 },
    { n: 3, successes: 1, drawn: 4 },
    { n: 3, successes: -1, drawn: 1 },
    { n: 3, successes: 0.5, drawn: 1 },
  ])('refuses counts that are none: %o', (counts) => {
    expect(() => hypergeometric(counts)).toThrow(RangeError);
  });
});

describe('tQuantile', () => {
  // Student's table as printed in R. A. Fisher, F. Yates, Statistical Tables (1963), table III.
  it.each([
    [0.95, 1, 6.314],
    [0.975, 1, 12.706],
    [0.95, 2, 2.92],
    [0.95, 9, 1.833],
    [0.975, 10, 2.228],
    [0.995, 5, 4.032],
    [0.95, 30, 1.697],
    [0.975, 120, 1.98],
    [0.95, 100_000, 1.645],
    [0.5, 7, 0],
  ])('of %d with %i degrees is %d', (p, degrees, value) => {
    expect(tQuantile(p, degrees)).toBeCloseTo(value, 3);
  });

  it('refuses what has none', () => {
    expect(() => tQuantile(0.2, 3)).toThrow(RangeError);
    expect(() => tQuantile(0.95, 0)).toThrow(RangeError);
  });
});

describe('clusterMean', () => {
  it('is the usual standard error where each value is a cluster of its own', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9].map((value, place) => ({ cluster: String(place), value }));
    const { mean, error, clusters } = clusterMean(values);
    expect([mean, clusters]).toEqual([5, 8]);
    expect(error).toBeCloseTo(Math.sqrt(32 / 7 / 8), 12);
  });

  it('takes values that are the same throughout a cluster for one', () => {
    const once = [1, 2, 6].map((value) => ({ cluster: String(value), value }));
    const often = once.flatMap((one) => Array.from({ length: 5 }, () => one));
    expect(clusterMean(often).error).toBeCloseTo(clusterMean(once).error ?? Number.NaN, 12);
  });

  it('knows no spread of one cluster', () => {
    expect(clusterMean([{ cluster: 'a', value: 1 }]).error).toBeNull();
    expect(reachOf(0.9, 1)).toBe(1.645);
  });
});

describe('clusterBootstrap', () => {
  const values = Array.from({ length: 40 }, (_, place) => ({
    cluster: String(place % 20),
    value: ((place * 7919) % 101) / 100,
  }));
  const draw = (some: typeof values) => {
    const rows = some.map(({ cluster, value }) => ({ cluster, values: [value, value * 2] }));
    return clusterBootstrap(rows, seededRandom(7), 2000);
  };

  it('scatters as the cluster-robust error says, about the mean', () => {
    const means = [...(draw(values)[0] ?? [])];
    const { mean, error } = clusterMean(values);
    const middle = means.reduce((sum, one) => sum + one, 0) / means.length;
    const spread = Math.sqrt(means.reduce((sum, one) => sum + (one - middle) ** 2, 0) / means.length);
    expect(Math.abs(middle - mean)).toBeLessThan((error ?? 0) / 10);
    expect(spread / (error ?? Number.NaN)).toBeGreaterThan(0.9);
    expect(spread / (error ?? Number.NaN)).toBeLessThan(1.1);
  });

  it('is the same for the same seed, whatever the order of the clusters', () => {
    const [there = [], back = []] = [draw(values)[0], draw(values.toReversed())[0]];
    expect(there).toHaveLength(2000);
    for (const [place, mean] of there.entries()) expect(back[place]).toBeCloseTo(mean, 12);
  });

  it('draws the same clusters for all values', () => {
    const [once = [], twice = []] = draw(values);
    for (const [place, mean] of once.entries()) expect(twice[place]).toBeCloseTo(2 * mean, 12);
  });
});

describe('holm', () => {
  it('gives the textbook correction, in the order it was given', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([])).toEqual([]);
  });

  it('lies between the p-value and its Bonferroni correction', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (ps) => {
        for (const [place, adjusted] of holm(ps).entries()) {
          expect(adjusted).toBeGreaterThanOrEqual(ps[place] ?? 2);
          expect(adjusted).toBeLessThanOrEqual(Math.min(1, (ps[place] ?? 0) * ps.length) + 1e-12);
        }
      }),
    );
  });
});

describe('upperBound95', () => {
  it.each([
    [0, 150, 0.0198],
    [0, 1, 0.95],
    [0, 0, 1],
    [5, 5, 1],
    // C. J. Clopper, E. S. Pearson (1934): 1 of 10 has the one-sided 95 % bound .394.
    [1, 10, 0.394],
  ])('of %i in %i is %d', (count, n, bound) => {
    expect(upperBound95(count, n)).toBeCloseTo(bound, 3);
  });
});

describe('detectableDrop', () => {
  const suite = (scenarios: number, candidate: number, baseline: number, rate = 0.5) =>
    Array.from({ length: scenarios }, () => ({ rate, candidate, baseline }));

  it('shrinks with scenarios, with trials and with the depth of the baseline', () => {
    const [small, ...larger] = [suite(20, 3, 12), suite(50, 3, 12), suite(20, 6, 12), suite(20, 3, 24)].map(
      (one) => detectableDrop(one) ?? Number.NaN,
    );
    for (const drop of larger) expect(drop).toBeLessThan(small ?? Number.NaN);
  });

  it('is nothing where even a fall to nothing would not be found', () => {
    expect(detectableDrop(suite(1, 1, 1))).toBeNull();
    expect(detectableDrop(suite(5, 3, 12, 0))).toBeNull();
    expect(detectableDrop([])).toBeNull();
  });
});

/** Numbers in [0, 1) by their seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
