import type { SuiteTest } from '../../domain/evidence.ts';
import type { Tally } from '../../domain/statistics/pass-hat-k.ts';
import { stratifiedDifference } from '../../domain/statistics/stratified-difference.ts';
import { type Stratum, stratifiedTest } from '../../domain/statistics/stratified-test.ts';
import type { CandidateTrial } from '../candidate.ts';
import type { GatePolicy } from '../gate-policy.ts';
import { isValid } from '../obstacle.ts';
import type { Compared } from './sort-out.ts';

/** All compared scenarios together, by their first so many trials. */
export type Look = {
  /** 0 is the first. */
  number: number;
  /** Trials of each scenario. */
  depth: number;
  strata: readonly (Compared & Stratum)[];
  suite: SuiteTest;
};

/** The looks that the trials are enough for. Each takes as many trials more of each scenario as the first had. */
export function looksOf(
  compared: readonly Compared[],
  firstLook: number,
  policy: GatePolicy,
): [Look, ...Look[]] {
  const looks: [Look, ...Look[]] = [lookAt(compared, firstLook, 0, policy)];
  for (let number = 1; number <= policy.extraLooks; number++) {
    const depth = firstLook * (number + 1);
    if (compared.some(({ trials }) => missing(trials, depth) > 0)) break;
    looks.push(lookAt(compared, depth, number, policy));
  }
  return looks;
}

/** A look's part of alpha: half of the part of the look before, and all parts together are alpha. */
function alphaOf(number: number, { alpha, extraLooks }: GatePolicy): number {
  return (alpha * 2 ** (extraLooks - number)) / (2 ** (extraLooks + 1) - 1);
}

/** How many of the first `depth` trials there are not yet. */
export function missing(trials: readonly CandidateTrial[], depth: number): number {
  return Math.max(0, depth - trials.filter(({ index }) => index < depth).length);
}

/** The valid trials among the first `depth`. */
export function within(trials: readonly CandidateTrial[], depth: number): CandidateTrial[] {
  return trials.filter((trial) => trial.index < depth && isValid(trial));
}

export function tallyOf(trials: readonly CandidateTrial[]): Tally {
  return { passed: trials.filter(({ outcome }) => outcome.kind === 'passed').length, n: trials.length };
}

function lookAt(compared: readonly Compared[], depth: number, number: number, policy: GatePolicy): Look {
  const strata = compared.map((one) => ({
    ...one,
    candidate: tallyOf(within(one.trials, depth)),
    baseline: { passed: one.past.filter(({ passed }) => passed).length, n: one.past.length },
  }));
  const alpha = alphaOf(number, policy);
  return { number, depth, strata, suite: suiteTest(strata, alpha, policy.margin) };
}

function suiteTest(strata: Look['strata'], alpha: number, margin: number): SuiteTest {
  const { clusters, ...difference } = stratifiedDifference(strata, 0.9);
  return { scenarios: strata.length, clusters, p: stratifiedTest(strata), alpha, difference, margin };
}
