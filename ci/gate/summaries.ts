import type { Evidence, InvariantRow, Voids } from '../../domain/evidence.ts';
import { VOID_CAUSES } from '../../domain/outcome.ts';
import { clusterBootstrap } from '../../domain/statistics/cluster-mean.ts';
import { detectableDrop, POWER } from '../../domain/statistics/detectable-drop.ts';
import { passHatK } from '../../domain/statistics/pass-hat-k.ts';
import { percentile } from '../../domain/statistics/percentile.ts';
import { upperBound95 } from '../../domain/statistics/upper-bound.ts';
import { wilson } from '../../domain/wilson.ts';
import { randomStream } from '../../harness/world/random.ts';
import type { CandidateTrial } from '../candidate.ts';
import { isValid } from '../obstacle.ts';
import { INVARIANTS } from '../violation.ts';
import { type Look, tallyOf } from './look.ts';

const DRAWS = 1000;
/** More of pass^k tell nothing new. */
const LONGEST_K = 8;

/** Every hard invariant with the trials that broke it, voids included: what was done was done. */
export function invariantRows(trials: readonly CandidateTrial[]): InvariantRow[] {
  return INVARIANTS.map((code) => {
    const broke = trials.filter(({ violations }) => violations.some((violation) => violation.code === code));
    return {
      code,
      trials: broke.map(({ id }) => id),
      exposure: trials.length,
      upperBound: upperBound95(broke.length, trials.length),
    };
  });
}

export function voidsOf(trials: readonly CandidateTrial[]): Voids {
  const valid = tallyOf(trials.filter(isValid));
  const causes = VOID_CAUSES.map((cause) => ({
    cause,
    count: trials.filter(({ outcome }) => outcome.kind === 'void' && outcome.cause === cause).length,
  })).filter(({ count }) => count > 0);
  return {
    trials: trials.length,
    voids: trials.length - valid.n,
    causes,
    excluded: wilson(valid.passed, valid.n),
    asFailures: wilson(valid.passed, trials.length),
  };
}

/** Scenarios that pass now and then, by all trials that are known of them. */
export function flakyOf({ strata }: Look): Evidence['flaky'] {
  return strata
    .map(({ scenarioId, trials, baseline }) => {
      const { passed, n } = tallyOf(trials.filter(isValid));
      return { scenarioId, rate: wilson(passed + baseline.passed, n + baseline.n) };
    })
    .filter(({ rate }) => rate.successes > 0 && rate.successes < rate.n)
    .sort((a, b) => Math.abs(a.rate.rate - 0.5) - Math.abs(b.rate.rate - 0.5));
}

export function passHatKs({ strata }: Look): Evidence['passHatK'] {
  const most = Math.min(LONGEST_K, ...strata.map(({ candidate }) => candidate.n));
  const ks = Array.from({ length: most }, (_, place) => place + 1);
  const shares = strata.map(({ cluster, candidate }) => ({
    cluster,
    values: ks.map((k) => passHatK([candidate], k) ?? 0),
  }));
  const means = clusterBootstrap(shares, randomStream('gate', 'pass^k'), DRAWS);
  return ks.map((k, at) => {
    const drawn = [...(means[at] ?? [])];
    const value = shares.reduce((sum, { values }) => sum + (values[at] ?? 0), 0) / shares.length;
    return { k, value, low: percentile(drawn, 0.025) ?? value, high: percentile(drawn, 0.975) ?? value };
  });
}

/** What the suite test could have seen at these sizes and the baseline's rates. */
export function visibleOf({ strata }: Look): Evidence['visible'] {
  const drop = detectableDrop(
    strata.map(({ candidate, baseline }) => ({
      rate: (baseline.passed + 0.5) / (baseline.n + 1),
      candidate: candidate.n,
      baseline: baseline.n,
    })),
  );
  return drop === null ? null : { drop, power: POWER };
}
