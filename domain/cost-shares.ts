import type { TreeRow } from './span-tree.ts';

/** What a span and all below it cost: in nano-dollars, and of the whole trace. */
export type CostShare = { cost: number; share: number };

type Priced = { spanId: string; cost: number | null; counted: boolean };

/**
 * What each span cost with all below it, by id; spans that cost nothing, or of which nobody knows, are left out. Only calls that
 * count are added up: those of the roots come to the cost of the trace. O(n).
 *
 * @param rows of `buildTree`
 */
export function costShares<S extends Priced>(rows: readonly TreeRow<S>[]): Map<string, CostShare> {
  const costs = rows.map(({ span }) => (span.counted ? (span.cost ?? 0) : 0));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  /** Of what lies below the row that is looked at and is not yet given to its parent, by depth. */
  const below: number[] = [];
  const shares = new Map<string, CostShare>();
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at];
    if (!row) continue;
    const cost = (costs[at] ?? 0) + (below[row.depth + 1] ?? 0);
    below[row.depth + 1] = 0;
    below[row.depth] = (below[row.depth] ?? 0) + cost;
    if (cost > 0) shares.set(row.span.spanId, { cost, share: cost / total });
  }
  return shares;
}
