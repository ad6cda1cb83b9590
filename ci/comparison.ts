import { type Difference, difference } from '../domain/difference.ts';
import type { ScenarioId } from '../domain/ids.ts';
import type { Rate } from '../domain/rate.ts';
import type { VerdictReason } from '../domain/verdict.ts';
import { wilson } from '../domain/wilson.ts';
import type { Baseline } from './baseline.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { isValid } from './obstacle.ts';

/** A candidate beside its baseline, over the scenarios that are the same in both. */
export type Comparison = {
  candidate: Rate;
  baseline: Rate;
  /** `null` when no scenario is the same in both. */
  difference: Difference | null;
  /** The scenarios left out, and why. */
  exempt: VerdictReason[];
};

/** Where the baseline speaks of something else than the candidate; empty when it may be compared. */
export function mismatchesOf(candidate: Candidate, baseline: Baseline): VerdictReason[] {
  return (['pack', 'agent', 'model'] as const)
    .filter((what) => candidate[what] !== baseline[what])
    .map((what) => ({
      code: `baseline-of-another-${what}`,
      message: `The baseline is of ${what} ${baseline[what]}, the run of ${candidate[what]}: a difference would say nothing about the change. Give the baseline of ${candidate[what]}, or make one: rehearse bless <results> --out <baseline>.`,
      scenarioId: null,
      trials: [],
    }));
}

/** The ids were parsed; `Object.entries` forgets their type. */
type Entry = [ScenarioId, Baseline['scenarios'][ScenarioId]];

/**
 * Pools the trials of all scenarios with the same digest on both sides. Scenarios that are new, changed or gone are
 * exempt: trials of two different questions are not compared.
 */
export function compare(candidate: Candidate, baseline: Baseline): Comparison {
  const exempt: VerdictReason[] = [];
  const pooled = { passed: 0, n: 0, baselinePassed: 0, baselineN: 0 };
  const ofBaseline = new Map(Object.entries(baseline.scenarios) as Entry[]);
  const byScenario = Map.groupBy(candidate.trials.filter(isValid), (trial) => trial.scenarioId);
  for (const [scenarioId, trials] of byScenario) {
    const known = ofBaseline.get(scenarioId);
    if (known === undefined || trials.some((trial) => trial.digest !== known.digest)) {
      exempt.push(exemption(scenarioId, trials, known === undefined ? 'new' : 'changed'));
      continue;
    }
    pooled.passed += passedOf(trials);
    pooled.n += trials.length;
    pooled.baselinePassed += known.trials.filter(({ passed }) => passed).length;
    pooled.baselineN += known.trials.length;
  }
  for (const scenarioId of ofBaseline.keys()) {
    if (!byScenario.has(scenarioId)) exempt.push(exemption(scenarioId, [], 'gone'));
  }
  const rates = {
    candidate: wilson(pooled.passed, pooled.n),
    baseline: wilson(pooled.baselinePassed, pooled.baselineN),
  };
  return { ...rates, difference: difference(rates.candidate, rates.baseline), exempt };
}

/** The pass rate over all valid trials. A replay is no trial of the agent as it is. */
export function passRate(candidate: Candidate): Rate {
  const trials = candidate.replayed ? [] : candidate.trials.filter(isValid);
  return wilson(passedOf(trials), trials.length);
}

function passedOf(trials: readonly CandidateTrial[]): number {
  return trials.filter((trial) => trial.outcome.kind === 'passed').length;
}

const EXEMPTIONS = {
  new: 'is not in the baseline',
  changed: 'was changed since the baseline was made',
  gone: 'is in the baseline but was not run',
} as const;

function exemption(
  scenarioId: ScenarioId,
  trials: readonly CandidateTrial[],
  why: keyof typeof EXEMPTIONS,
): VerdictReason {
  const figures = trials.length > 0 ? ` (${passedOf(trials)} of ${trials.length} passed)` : '';
  return {
    code: `scenario-${why}`,
    message: `${scenarioId} ${EXEMPTIONS[why]}: not compared${figures}.`,
    scenarioId,
    trials: trials.map((trial) => trial.id),
  };
}
