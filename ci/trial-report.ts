import type { RunId } from '../domain/ids.ts';
import type { Trial } from '../domain/trial.ts';
import { type CandidateTrial, candidateTrialOf } from './candidate.ts';
import { findingsOf } from './finding-lines.ts';

/** What verdict, table and report need of a trial: some hundred bytes, so that tens of thousands fit in memory. */
export type TrialReport = CandidateTrial &
  Pick<Trial, 'seed' | 'attempts' | 'traceId'> & {
    runId: RunId;
    /** Of the scenario. */
    title: string;
    /** What the scorers found, without what the outcome's explanation says already. */
    findings: readonly string[];
  };

/** Without the trial's world, its journal and its words. */
export function reportOf(trial: Trial): TrialReport {
  const { runId, scenario, seed, attempts, traceId, outcome, scores } = trial;
  return {
    ...candidateTrialOf(trial),
    runId,
    title: scenario.title,
    seed,
    attempts,
    traceId,
    findings: outcome.kind === 'failed' ? findingsOf(scores, outcome.explanation) : [],
  };
}
