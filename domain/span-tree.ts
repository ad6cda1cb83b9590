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
  const { parent, children, firstChild, nextSibling } = links(ordered);
  const rows: TreeRow<S>[] = [];
  const placed = new Uint8Array(ordered.length);
  const place = (at: number, depth: number) => {
    const span = ordered[at];
    if (!span) return;
    placed[at] = 1;
    const orphan = depth === 0 && span.parentSpanId !== null;
    rows.push({ span, depth, children: children[at] ?? 0, orphan });
  };
  /** From a sibling on, the first that has no place yet: in a cycle the root is its own descendant. */
  const unplaced = (from: number) => {
    let at = from;
    while (at >= 0 && placed[at] === 1) at = nextSibling[at] ?? none;
    return at;
  };
  const placeTree = (root: number) => {
    let [at, depth] = [root, 0];
    place(at, depth);
    for (;;) {
      let next = unplaced(firstChild[at] ?? none);
      if (next >= 0) depth += 1;
      while (next < 0 && at !== root) {
        next = unplaced(nextSibling[at] ?? none);
        if (next >= 0) break;
        at = parent[at] ?? root;
        depth -= 1;
      }
      if (next < 0) return;
      at = next;
      place(at, depth);
    }
  };
  ordered.forEach((_, at) => {
    if (parent[at] === none) placeTree(at);
  });
  // What is left goes round.
  ordered.forEach((_, at) => {
    if (placed[at] === 0) placeTree(at);
  });
  return rows;
}

const none = -1;

/** Who is below whom, by places in `ordered`; `none` where nobody is. Children come in their order. */
function links<S extends Node>(ordered: readonly S[]) {
  const placeOf = new Map<string, number>();
  ordered.forEach(({ spanId }, at) => {
    if (!placeOf.has(spanId)) placeOf.set(spanId, at);
  });
  const parent = new Int32Array(ordered.length).fill(none);
  const children = new Int32Array(ordered.length);
  const firstChild = new Int32Array(ordered.length).fill(none);
  const nextSibling = new Int32Array(ordered.length).fill(none);
  for (let at = ordered.length - 1; at >= 0; at--) {
    const named = ordered[at]?.parentSpanId ?? null;
    const above = named === null ? none : (placeOf.get(named) ?? none);
    if (above === none) continue;
    parent[at] = above;
    children[above] = (children[above] ?? 0) + 1;
    nextSibling[at] = firstChild[above] ?? none;
    firstChild[above] = at;
  }
  return { parent, children, firstChild, nextSibling };
}
