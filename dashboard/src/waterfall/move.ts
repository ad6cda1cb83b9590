import type { Span } from '../../../domain/span.ts';
import type { TreeRow } from '../../../domain/span-tree.ts';
import { type Collapsed, everyParent, visibleRows, withToggled } from './outline.ts';

/** Where the keyboard is in a waterfall. */
export type Cursor = { spanId: string | null; collapsed: Collapsed };

/**
 * What a key does in a treegrid of spans (the tree keys of the ARIA practices, with vim's letters); `null` when the
 * key means nothing there. `all` is the whole trace in the order of the waterfall.
 */
export function move<S extends Pick<Span, 'spanId' | 'kind' | 'status'>>(
  all: readonly TreeRow<S>[],
  { spanId, collapsed }: Cursor,
  key: string,
): Cursor | null {
  const rows = visibleRows(all, collapsed);
  const index = Math.max(
    0,
    rows.findIndex((row) => row.span.spanId === spanId),
  );
  const row = rows[index];
  if (!row) return null;
  const to = (target: number): Cursor => ({
    spanId: rows[Math.max(0, Math.min(rows.length - 1, target))]?.span.spanId ?? null,
    collapsed,
  });
  const closed = collapsed.has(row.span.spanId);
  const toggle = (): Cursor => ({
    spanId: row.span.spanId,
    collapsed: withToggled(collapsed, row.span.spanId),
  });

  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(spanId === null ? 0 : index + 1);
    case 'ArrowUp':
    case 'k':
      return to(index - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
    case 'l':
      if (row.children === 0) return to(index);
      return closed ? toggle() : to(index + 1);
    case 'ArrowLeft':
    case 'h':
      return row.children > 0 && !closed ? toggle() : to(parentIndex(rows, index));
    case 'e':
      return toNext(rows, index, 1, ({ status }) => status === 'error', to);
    case 'E':
      return toNext(rows, index, -1, ({ status }) => status === 'error', to);
    case '.':
      return toNext(rows, index, 1, ({ kind }) => kind === row.span.kind, to);
    case ',':
      return toNext(rows, index, -1, ({ kind }) => kind === row.span.kind, to);
    case '[':
      return { spanId: rootAbove(rows, index), collapsed: everyParent(all) };
    case ']':
      return { spanId: row.span.spanId, collapsed: new Set() };
    default:
      return null;
  }
}

/** The nearest row after or before `index` that `isIt` is said of; `index` itself where there is none. */
function toNext<S>(
  rows: readonly TreeRow<S>[],
  index: number,
  step: 1 | -1,
  isIt: (span: S) => boolean,
  to: (target: number) => Cursor,
): Cursor {
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row && isIt(row.span)) return to(at);
  }
  return to(index);
}

function parentIndex(rows: readonly TreeRow<unknown>[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above--) if ((rows[above]?.depth ?? 0) < depth) return above;
  return index;
}

function rootAbove<S extends Pick<Span, 'spanId'>>(
  rows: readonly TreeRow<S>[],
  index: number,
): string | null {
  for (let above = index; above >= 0; above--) {
    const row = rows[above];
    if (row?.depth === 0) return row.span.spanId;
  }
  return null;
}
