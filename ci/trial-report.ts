import { formatTrial } from '../domain/format.ts';
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

/** Trials of one scenario that went wrong in the very same way. */
export type AlikeTrials = { first: TrialReport; others: readonly TrialReport[] };

/** Gathers trials of which the same would be said, in the order of the first of each. */
export function alikeTrials(trials: readonly TrialReport[]): AlikeTrials[] {
  const groups = Map.groupBy(trials, ({ scenarioId, outcome, findings }) =>
    JSON.stringify([scenarioId, outcome, findings]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [{ first, others }] : []));
}

/** `sdr/opt-out #1, #3 and 4 more`. */
export function formatAlike({ first, others }: AlikeTrials, most = 5): string {
  const indices = [first, ...others].map(({ index }) => index).sort((a, b) => a - b);
  const shown = indices.slice(0, most);
  const left = indices.length - shown.length;
  const [lowest = first.index, ...rest] = shown;
  const more = left > 0 ? ` and ${left} more` : '';
  return `${formatTrial(first.scenarioId, lowest)}${rest.map((index) => `, #${index + 1}`).join('')}${more}`;
}

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
