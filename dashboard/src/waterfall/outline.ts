import type { Span } from '../../../domain/span.ts';
import type { TreeRow } from '../../../domain/span-tree.ts';

type Identified = Pick<Span, 'spanId'>;

/** Span ids whose children are hidden. */
export type Collapsed = ReadonlySet<string>;

/** The rows that show: all but the descendants of collapsed ones. */
export function visibleRows<S extends Identified>(
  rows: readonly TreeRow<S>[],
  collapsed: Collapsed,
): TreeRow<S>[] {
  const visible: TreeRow<S>[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.depth > hiddenBelow) continue;
    hiddenBelow = row.children > 0 && collapsed.has(row.span.spanId) ? row.depth : Number.POSITIVE_INFINITY;
    visible.push(row);
  }
  return visible;
}

/** Every span that has children. */
export function everyParent<S extends Identified>(rows: readonly TreeRow<S>[]): Collapsed {
  return new Set(rows.filter((row) => row.children > 0).map((row) => row.span.spanId));
}

export function withToggled(collapsed: Collapsed, spanId: string): Collapsed {
  const next = new Set(collapsed);
  if (!next.delete(spanId)) next.add(spanId);
  return next;
}
