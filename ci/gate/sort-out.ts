import type { ScenarioId } from '../../domain/ids.ts';
import type { VerdictReason } from '../../domain/verdict.ts';
import type { Baseline, BaselineTrial } from '../baseline.ts';
import type { Candidate, CandidateTrial } from '../candidate.ts';

/** A scenario that is the same on both sides. */
export type Compared = {
  scenarioId: ScenarioId;
  cluster: string;
  /** By index. */
  trials: readonly CandidateTrial[];
  past: readonly BaselineTrial[];
};

/** One that is not: trials of two different questions are not compared. */
export type Exempt = {
  scenarioId: ScenarioId;
  status: 'new' | 'changed' | 'gone';
  trials: readonly CandidateTrial[];
};

/** The ids were parsed; `Object.entries` forgets their type. */
type Entry = [ScenarioId, Baseline['scenarios'][ScenarioId]];

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

/** The scenarios that are compared, and those that are not; both by id. */
export function sortOut(
  candidate: Candidate,
  baseline: Baseline,
): { compared: Compared[]; exempt: Exempt[] } {
  const known = new Map(Object.entries(baseline.scenarios) as Entry[]);
  const byScenario = Map.groupBy(candidate.trials, (trial) => trial.scenarioId);
  const compared: Compared[] = [];
  const exempt: Exempt[] = [];
  for (const scenarioId of [...new Set([...byScenario.keys(), ...known.keys()])].sort()) {
    const trials = byScenario.get(scenarioId) ?? [];
    const past = known.get(scenarioId);
    const [first] = trials;
    if (!first) exempt.push({ scenarioId, status: 'gone', trials });
    else if (!past) exempt.push({ scenarioId, status: 'new', trials });
    else if (past.digest !== first.digest) exempt.push({ scenarioId, status: 'changed', trials });
    else compared.push({ scenarioId, cluster: first.cluster, trials, past: past.trials });
  }
  return { compared, exempt };
}
