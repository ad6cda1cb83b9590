import { counted, formatCost, formatCount } from '../../../domain/format.ts';

type CostProps = { cost: number | null; unpricedCalls: number };

/** The cost of model calls: nothing without calls, and never as if it were whole when some have no price. */
export function Cost({ cost, unpricedCalls }: CostProps) {
  if (cost === null && unpricedCalls === 0) return null;
  return (
    <span>
      {formatCost(cost)}
      {cost !== null && unpricedCalls > 0 && (
        <span className="warn" title={`Without a price: ${counted(unpricedCalls, 'model call')}`}>
          {' '}
          + {formatCount(unpricedCalls)} unpriced
        </span>
      )}
    </span>
  );
}
