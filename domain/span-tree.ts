import type { Span } from './span.ts';

/** A span's place in its trace. */
export type TreeRow<S> = {
  span: S;
  /** 0 for a root. */
  depth: number;
  /** Number of direct children. */
  children: number;
  /** Its parent is named but not among the spans: shown at the top as "parent not received". */
  orphan: boolean;
};

type Node = Pick<Span, 'spanId' | 'parentSpanId' | 'start'>;

/**
 * The spans of one trace in the order of a waterfall: depth first, children by start time. Every span given comes out
 * exactly once: a span whose parent is missing becomes a root marked `orphan`, and so does one span of each cycle of
 * parents (hostile or broken input). O(n log n).
 */
export function buildTree<S extends Node>(spans: readonly S[]): TreeRow<S>[] {
  const ordered = [...spans].sort((a, b) => a.start - b.start || (a.spanId < b.spanId ? -1 : 1));
  const known = new Set(ordered.map((span) => span.spanId));
  const childrenOf = new Map<string, S[]>();
  const roots: S[] = [];
  for (const span of ordered) {
    const parent = span.parentSpanId;
    if (parent === null || !known.has(parent)) {
      roots.push(span);
      continue;
    }
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(span);
    else childrenOf.set(parent, [span]);
  }

  const rows: TreeRow<S>[] = [];
  const placed = new Set<S>();
  const place = (root: S) => {
    const stack = [{ span: root, depth: 0 }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { span, depth } = next;
      if (placed.has(span)) continue;
      placed.add(span);
      const children = childrenOf.get(span.spanId) ?? [];
      rows.push({
        span,
        depth,
        children: children.length,
        orphan: depth === 0 && span.parentSpanId !== null,
      });
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child) stack.push({ span: child, depth: depth + 1 });
      }
    }
  };
  for (const root of roots) place(root);
  for (const span of ordered) if (!placed.has(span)) place(span);
  return rows;
}
