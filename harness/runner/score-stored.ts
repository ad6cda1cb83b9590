import type { SpanDetail } from '../../domain/span.ts';
import type { Trial } from '../../domain/trial.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import type { ScoringPack } from '../scorers/scorer.ts';
import { figuresFromSpans } from './figures.ts';
import { attemptIdOf, isOfAttempt } from './trial-plan.ts';

/**
 * A stored trial, judged again by the scorers of this version. One that was void because its world, its process or its
 * user failed stays as it was: no scorer can tell what the agent would have done.
 *
 * @param spans of its trace, all of them; `null` to judge without
 */
export function scoreStored(trial: Trial, spans: readonly SpanDetail[] | null, pack: ScoringPack): Trial {
  const { outcome: before } = trial;
  if (before.kind === 'void' && before.cause !== 'scorer') return trial;
  const own = spans?.filter((span) => isOfAttempt(span, attemptIdOf(trial.attempts, trial.start))) ?? null;
  const figures = own ? { ...trial.figures, ...figuresFromSpans(own) } : trial.figures;
  const { scores, outcome } = scoreTrial({ ...trial, figures, spans: own }, pack);
  return { ...trial, figures, scores, outcome };
}
