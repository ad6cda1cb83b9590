import type { Span } from './span.ts';
import type { SpanKind } from './span-kind.ts';
import type { TreeRow } from './span-tree.ts';

/** A stretch of time, microseconds since the epoch, in which the trace waited for this span itself and no child of it. */
export type CriticalStretch = { spanId: string; start: number; end: number };

type Timed = Pick<Span, 'spanId' | 'start' | 'duration'>;

/**
 * What a trace waited for, from the end of its last root back to its start: of a span's children the one that ended last
 * was waited for, before it the one that ended last before that one began, and between them the span itself. Making
 * anything else faster would not have ended the trace earlier. A child that outlives its parent, or whose clock runs apart,
 * counts only within its parent.
 *
 * The stretches do not overlap, come by time, and together fill the root: their lengths add up to its duration.
 * O(n log n).
 *
 * @param rows of `buildTree`
 */
export function criticalPath<S extends Timed>(rows: readonly TreeRow<S>[]): CriticalStretch[] {
  const { roots, childrenOf } = childrenInTree(rows);
  const root = lastToEnd(roots);
  if (!root) return [];
  const stretches: CriticalStretch[] = [];
  const waited = [{ span: root, from: root.start as number, until: endOf(root) }];
  for (let next = waited.pop(); next; next = waited.pop()) {
    const { span, from, until } = next;
    const children = (childrenOf.get(span) ?? [])
      .map((child) => ({ child, start: Math.max(from, child.start), end: Math.min(until, endOf(child)) }))
      .filter(({ start, end }) => end > start)
      .sort((a, b) => b.end - a.end || b.start - a.start);
    let cursor = until;
    for (const { child, start, end } of children) {
      if (end > cursor) continue;
      add(stretches, span.spanId, end, cursor);
      waited.push({ span: child, from: start, until: end });
      cursor = start;
    }
    add(stretches, span.spanId, from, cursor);
  }
  return stretches.sort((a, b) => a.start - b.start);
}

/** Of what kind the spans are that a trace waited for: shares of its time, largest first. They add up to 1. */
export function waitedFor<S extends Timed & { kind: SpanKind }>(
  rows: readonly TreeRow<S>[],
  stretches: readonly CriticalStretch[],
): { kind: SpanKind; share: number }[] {
  const kindOf = new Map(rows.map(({ span }) => [span.spanId as string, span.kind]));
  const times = new Map<SpanKind, number>();
  let total = 0;
  for (const { spanId, start, end } of stretches) {
    const kind = kindOf.get(spanId) ?? 'other';
    times.set(kind, (times.get(kind) ?? 0) + end - start);
    total += end - start;
  }
  return [...times].map(([kind, time]) => ({ kind, share: time / total })).sort((a, b) => b.share - a.share);
}

function add(stretches: CriticalStretch[], spanId: string, start: number, end: number): void {
  if (end > start) stretches.push({ spanId, start, end });
}

function endOf({ start, duration }: Timed): number {
  return start + duration;
}

function lastToEnd<S extends Timed>(spans: readonly S[]): S | null {
  let last: S | null = null;
  for (const span of spans) if (last === null || endOf(span) > endOf(last)) last = span;
  return last;
}

function childrenInTree<S extends Timed>(
  rows: readonly TreeRow<S>[],
): { roots: S[]; childrenOf: Map<S, S[]> } {
  const roots: S[] = [];
  const childrenOf = new Map<S, S[]>();
  const above: S[] = [];
  for (const { span, depth } of rows) {
    const parent = above[depth - 1];
    if (depth === 0 || !parent) roots.push(span);
    else {
      const siblings = childrenOf.get(parent);
      if (siblings) siblings.push(span);
      else childrenOf.set(parent, [span]);
    }
    above.length = depth;
    above.push(span);
  }
  return { roots, childrenOf };
}
