import type { Score } from './score.ts';
import { type Trial, TrialSummary } from './trial.ts';

/** A trial as a row of a run. */
export function summariseTrial(trial: Trial): TrialSummary {
  const { scenario, scores } = trial;
  const loops = scores.find(({ scorer }) => scorer === 'loops');
  return TrialSummary.parse({
    ...trial,
    scenarioId: scenario.id,
    title: scenario.title,
    cluster: scenario.cluster ?? scenario.id,
    right: isRight(scores),
    looped: loops?.kind === 'scored' ? !loops.pass : null,
  });
}

/** Whether all effects took place that were due, and none else. */
export function isRight(scores: readonly Score[]): boolean {
  return scores.every(
    (score) =>
      score.kind === 'unscored' || (score.axis !== 'effects' && score.axis !== 'forbidden') || score.pass,
  );
}
