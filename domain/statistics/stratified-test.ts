import { type Distribution, hypergeometric } from './hypergeometric.ts';
import type { Tally } from './pass-hat-k.ts';

/** A scenario's trials on both sides. */
export type Stratum = { candidate: Tally; baseline: Tally };

/**
 * The chance that the candidate passes as seldom as it did, or still more seldom, if nothing had changed: one-sided and
 * exact. Within each stratum every split of its passes over its trials is equally likely; the strata's distributions are
 * convolved. Strata differ as much as they like, and nothing is drawn: the same data gives the same figure.
 *
 * One stratum is Fisher's exact test; strata of one trial a side are McNemar's (the sign test); in general it is the
 * exact form of the Mantel-Haenszel test.
 *
 * Source: C. R. Mehta, N. R. Patel, R. Gray, Computing an exact confidence interval for the common odds ratio in several
 * 2 x 2 contingency tables, JASA 80 (1985), 969-973.
 *
 * @returns 1 without strata: nothing speaks against "no change".
 * @example stratifiedTest([{ candidate: { passed: 0, n: 3 }, baseline: { passed: 12, n: 12 } }]) // 1/455
 */
export function stratifiedTest(strata: readonly Stratum[]): number {
  const passed = strata.reduce((sum, { candidate }) => sum + candidate.passed, 0);
  const { from, chances } = candidatePasses(strata);
  let p = 0;
  for (let place = 0; place <= passed - from; place++) p += chances[place] ?? 0;
  return Math.min(1, p);
}

/** How many trials of the candidate pass, over all strata, if nothing had changed. */
export function candidatePasses(strata: readonly Stratum[]): Distribution {
  return strata
    .map(({ candidate, baseline }) =>
      hypergeometric({
        n: candidate.n + baseline.n,
        successes: candidate.passed + baseline.passed,
        drawn: candidate.n,
      }),
    )
    .reduce(convolve, { from: 0, chances: new Float64Array([1]) });
}

/** The distribution of the sum of two independent numbers. */
function convolve(one: Distribution, other: Distribution): Distribution {
  const chances = new Float64Array(one.chances.length + other.chances.length - 1);
  for (let i = 0; i < one.chances.length; i++) {
    const chance = one.chances[i] ?? 0;
    if (chance === 0) continue;
    for (let j = 0; j < other.chances.length; j++) {
      chances[i + j] = (chances[i + j] ?? 0) + chance * (other.chances[j] ?? 0);
    }
  }
  return { from: one.from + other.from, chances };
}
