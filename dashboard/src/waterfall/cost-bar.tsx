import type { CostShare } from '../../../domain/cost-shares.ts';
import { formatCost, formatPercent } from '../../../domain/format.ts';

/** How much of the cost of the trace a span and all below it took; nothing where they cost nothing. */
export function CostBar({ share }: { share: CostShare | null }) {
  if (!share) return null;
  return (
    <>
      <span className="bar bar-cost" style={{ left: 0, width: `${share.share * 100}%` }} />
      <span
        className="bar-duration"
        style={
          share.share > 0.75 ? { right: 0, color: 'var(--on-retrieval)' } : { left: `${share.share * 100}%` }
        }
      >
        {formatCost(share.cost)} · {formatPercent(share.share)}
      </span>
    </>
  );
}
