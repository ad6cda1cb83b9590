import type { Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';

/** Whether the agent ended its work by itself; unscored where that is not known. */
export function scoreEnding({ ending }: TrialRecord): Score {
  if (ending === null) {
    return {
      kind: 'unscored',
      scorer: 'ending',
      axis: 'budgets',
      reason: 'how the agent ended is not known',
    };
  }
  const findings =
    ending.kind === 'finished'
      ? []
      : [
          {
            failure: ending.kind,
            message: `${ending.kind === 'crashed' ? 'crashed' : 'was cut off'}: ${ending.explanation}`,
            expected: null,
            actual: null,
            spanId: null,
          },
        ];
  return {
    kind: 'scored',
    scorer: 'ending',
    axis: 'budgets',
    pass: findings.length === 0,
    value: findings.length,
    unit: 'early ends',
    findings,
  };
}
