import { AppError } from '../domain/errors.ts';
import type { ScenarioId, TrialId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Run } from '../domain/run.ts';
import type { Trial, TrialFigures } from '../domain/trial.ts';
import { byPlace } from './trial-order.ts';
import { type Violation, violationsOf } from './violation.ts';

/** What the gate needs to know of a trial: a few words, so that thousands fit in memory. */
export type CandidateTrial = {
  id: TrialId;
  scenarioId: ScenarioId;
  /** Of its scenario; the id where it has none. */
  cluster: string;
  digest: string;
  index: number;
  outcome: Outcome;
  violations: readonly Violation[];
  /** An answer of its model came from a recording. */
  replayed: boolean;
  figures: Pick<TrialFigures, 'duration' | 'virtualDuration' | 'cost'> & {
    /** Calls of models and tools; `null`: not known. */
    steps: number | null;
  };
};

/** A run as the gate sees it. */
export type Candidate = {
  pack: string;
  agent: string;
  model: string;
  /** Its trials, or some of them, replay a recording: they show violations, but are no evidence of a pass rate. */
  replayed: boolean;
  /** It came to its end; else it was interrupted, and may be resumed. */
  ended: boolean;
  scenariosPlanned: readonly ScenarioId[];
  trialsPlanned: number;
  /** Trials of each scenario that were planned before any was seen: the gate judges these first. */
  firstLook: number;
  /** By scenario, index and id, whatever the order they finished in. */
  trials: readonly CandidateTrial[];
};

/**
 * The projection of a run on what the gate judges.
 *
 * @param scenariosPlanned the scenarios that the run was to try, where the caller knows them. Default: those that have
 *   a trial, so that a scenario which never began shows only in the count of trials.
 * @throws AppError RESULTS_UNREADABLE when a trial belongs to another run.
 */
export function candidateOf(
  run: Run,
  trials: readonly (CandidateTrial & Pick<Trial, 'runId'>)[],
  scenariosPlanned: readonly ScenarioId[] = trials.map((trial) => trial.scenarioId),
): Candidate {
  const stranger = trials.find((trial) => trial.runId !== run.id);
  if (stranger) {
    throw new AppError(
      'RESULTS_UNREADABLE',
      `expected trials of run ${run.id} only, got trial ${stranger.id} of run ${stranger.runId}`,
    );
  }
  const scenarios = new Set(scenariosPlanned);
  return {
    pack: run.pack,
    agent: run.agent,
    model: run.model,
    replayed: run.replayed || trials.some((trial) => trial.replayed),
    ended: run.end !== null,
    scenariosPlanned: [...scenarios].sort(),
    trialsPlanned: run.trialsPlanned,
    firstLook: run.firstLook ?? Math.max(1, Math.floor(run.trialsPlanned / Math.max(1, scenarios.size))),
    trials: trials.toSorted(byPlace),
  };
}

/** A trial as the gate sees it. */
export function candidateTrialOf(trial: Trial): CandidateTrial {
  const { duration, virtualDuration, cost, modelCalls, toolCalls } = trial.figures;
  return {
    id: trial.id,
    scenarioId: trial.scenario.id,
    cluster: trial.scenario.cluster ?? trial.scenario.id,
    digest: trial.digest,
    index: trial.index,
    outcome: trial.outcome,
    violations: violationsOf(trial),
    replayed: trial.replayed,
    figures: {
      duration,
      virtualDuration,
      cost,
      steps: modelCalls === null || toolCalls === null ? null : modelCalls + toolCalls,
    },
  };
}
