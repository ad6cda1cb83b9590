import type { Simulated } from '../../ci/simulation.ts';

/** Gates in use elsewhere, on the trials that were planned: whether each would fail the change. */
export const NAIVE_GATES: Readonly<Record<string, (of: Simulated) => boolean>> = {
  /** A test that fails once fails the build. */
  'any failure': ({ firstLook }) => firstLook.some(({ outcome }) => outcome.kind !== 'passed'),
  /** A floor set once: the rate of the main branch, rounded down to ten points. */
  'rate floor': (of) => candidateRate(of) < Math.floor(baselineRate(of) * 10) / 10,
  'mean not lower': (of) => candidateRate(of) < baselineRate(of),
  '5 points lower': (of) => candidateRate(of) < baselineRate(of) - 0.05,
};

function candidateRate({ firstLook }: Simulated): number {
  return firstLook.filter(({ outcome }) => outcome.kind === 'passed').length / firstLook.length;
}

function baselineRate({ baseline }: Simulated): number {
  const trials = Object.values(baseline.scenarios).flatMap((scenario) => scenario.trials);
  return trials.filter(({ passed }) => passed).length / trials.length;
}
