/** A span as far as counting goes. Ids are unique among the spans of a trace. */
export type Countable = {
  spanId: string;
  parentSpanId: string | null;
  /** Whether the span is itself a call of a model, or repeats what its calls used, or neither. */
  call: 'none' | 'call' | 'aggregate';
  usageKnown: boolean;
};

/**
 * The spans of one trace whose tokens and cost count: calls without a call beneath them that tells its usage. Two layers
 * that both trace one request (a gateway and its SDK, an outer and an inner `embeddings`) so count once; a call whose
 * usage nobody told still counts as a call. Neither the order of the spans nor a cycle of parents (broken input, cut at
 * its smallest id) changes that. O(n).
 */
export function countedCalls(spans: readonly Countable[]): Set<string> {
  const parents = parentsWithoutCycles(spans);
  const above = new Set<string>();
  for (const { spanId, call, usageKnown } of spans) {
    if (call !== 'call' || !usageKnown) continue;
    let ancestor = parents.get(spanId);
    while (ancestor !== undefined && !above.has(ancestor)) {
      above.add(ancestor);
      ancestor = parents.get(ancestor);
    }
  }
  return new Set(
    spans.filter(({ spanId, call }) => call === 'call' && !above.has(spanId)).map(({ spanId }) => spanId),
  );
}

/** Span to parent, of the spans at hand. */
function parentsWithoutCycles(spans: readonly Countable[]): Map<string, string> {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const parents = new Map<string, string>();
  for (const { spanId, parentSpanId } of spans) {
    if (parentSpanId !== null && known.has(parentSpanId)) parents.set(spanId, parentSpanId);
  }
  const seen = new Set<string>();
  for (const { spanId } of spans) {
    const path = new Set<string>();
    let next: string | undefined = spanId;
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      path.add(next);
      next = parents.get(next);
    }
    if (next !== undefined && path.has(next)) parents.delete(smallestInCycle(parents, next));
  }
  return parents;
}

function smallestInCycle(parents: ReadonlyMap<string, string>, start: string): string {
  let smallest = start;
  for (let next = parents.get(start); next !== undefined && next !== start; next = parents.get(next)) {
    if (next < smallest) smallest = next;
  }
  return smallest;
}
