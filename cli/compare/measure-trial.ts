import { detectLoops } from '../../domain/detect-loops.ts';
import { workOfSpans } from '../../domain/loop-steps.ts';
import { loopsOf, stepLimitsOf } from '../../domain/loop-verdict.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { isRight } from '../../domain/summarise-trial.ts';
import type { Trial } from '../../domain/trial.ts';
import type { Micros, NanoUsd } from '../../domain/units.ts';
import type { Pack } from '../../harness/index.ts';
import { PROSPECT_PARAMETERS } from '../../harness/prospect/prospect-parameters.ts';
import { replyRate } from '../../harness/prospect/reply-rate.ts';
import { sentMessages } from './sent-messages.ts';

/** What a comparison asks of one trial. */
export type TrialMeasure = {
  /** The unit of every interval. */
  cluster: string;
  /** It did what it had to, and nothing that it must not. */
  right: boolean;
  looped: boolean;
  /** A limit of steps ended it, or a part of it. */
  hitLimit: boolean;
  /** Of the model calls that led to steps of loops; `null`: not known. */
  wasted: NanoUsd | null;
  /** `null`: unpriced. */
  cost: NanoUsd | null;
  latency: Micros;
  /** The probability of a reply to each first message that it sent. */
  replies: number[];
};

/** Measures a trial; `null` for a void one, which says nothing of the agent. Without spans loops cost nobody knows what. */
export function measureTrial(
  trial: Trial,
  spans: readonly SpanDetail[] | null,
  pack: Pick<Pack, 'fixtures'>,
): TrialMeasure | null {
  const { scenario, outcome, scores, figures } = trial;
  if (outcome.kind === 'void') return null;
  const report = spans
    ? detectLoops(workOfSpans(spans, { journal: trial.journal, milestones: [] }))
    : { findings: [], calls: null, idle: 0, longest: 0, repeated: null };
  const loops = loopsOf(report);
  // The longest stretch holds the cycles within it.
  const worst = loops.toSorted((a, b) => b.steps - a.steps)[0];
  return {
    cluster: scenario.cluster ?? scenario.id,
    right: isRight(scores),
    looped: loops.length > 0,
    hitLimit: stepLimitsOf(report).length > 0 || trial.ending?.kind === 'cut-off',
    wasted: spans === null ? null : worst ? worst.wasted.cost : (0 as NanoUsd),
    cost: figures.cost,
    latency: figures.virtualDuration,
    replies: sentMessages(trial, pack).map(({ touch, standing }) =>
      replyRate(touch, standing, PROSPECT_PARAMETERS),
    ),
  };
}
