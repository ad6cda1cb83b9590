import type { Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';

/** Whether the agent ended its work by itself. */
export function scoreEnding({ ending }: TrialRecord): Score {
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
