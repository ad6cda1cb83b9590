/** A span as far as counting goes. Ids are unique among the spans of a trace. */
export type Countable = {
  spanId: string;
  parentSpanId: string | null;
  /** Whether the span is itself a call of a model, or repeats what its calls used, or neither. */
  call: 'none' | 'call' | 'aggregate';
  usageKnown: boolean;
};

/** The spans of a trace as columns: entry `i` of each is of span `i`. */
export type CountableColumns = {
  spanId: readonly string[];
  /** The parent's place in the columns; negative where it is not at hand. */
  parent: readonly number[];
  call: readonly Countable['call'][];
  usageKnown: readonly boolean[];
};

/**
 * The spans of one trace whose tokens and cost count: calls without a call beneath them that tells its usage. Two layers
 * that both trace one request (a gateway and its SDK, an outer and an inner `embeddings`) so count once; a call whose
 * usage nobody told still counts as a call. Neither the order of the spans nor a cycle of parents (broken input, cut at
 * its smallest id) changes that. O(n).
 */
export function countedCalls(spans: readonly Countable[]): Set<string> {
  const placeOf = new Map(spans.map(({ spanId }, place) => [spanId, place]));
  const counted = countedPlaces({
    spanId: spans.map(({ spanId }) => spanId),
    parent: spans.map(({ parentSpanId }) => placeOf.get(parentSpanId ?? '') ?? -1),
    call: spans.map(({ call }) => call),
    usageKnown: spans.map(({ usageKnown }) => usageKnown),
  });
  return new Set(spans.flatMap(({ spanId }, place) => (counted[place] ? [spanId] : [])));
}

/** What `countedCalls` says, of each place in the columns. */
export function countedPlaces({ spanId, parent, call, usageKnown }: CountableColumns): boolean[] {
  const parents = parentsWithoutCycles(spanId, parent);
  const above = new Uint8Array(spanId.length);
  call.forEach((kind, place) => {
    if (kind !== 'call' || !usageKnown[place]) return;
    for (let next = parents[place] ?? -1; next >= 0 && !above[next]; next = parents[next] ?? -1)
      above[next] = 1;
  });
  return call.map((kind, place) => kind === 'call' && !above[place]);
}

function parentsWithoutCycles(ids: readonly string[], parent: readonly number[]): Int32Array {
  const parents = Int32Array.from(parent);
  /** The walk, counted from 1, that came by. */
  const walkedBy = new Int32Array(ids.length);
  for (let first = 0; first < ids.length; first++) {
    const walk = first + 1;
    let next = first;
    while (next >= 0 && !walkedBy[next]) {
      walkedBy[next] = walk;
      next = parents[next] ?? -1;
    }
    if (next >= 0 && walkedBy[next] === walk) parents[smallestInCycle(ids, parents, next)] = -1;
  }
  return parents;
}

function smallestInCycle(ids: readonly string[], parents: Int32Array, start: number): number {
  const idOf = (place: number) => ids[place] ?? '';
  let smallest = start;
  for (let next = parents[start] ?? start; next !== start; next = parents[next] ?? start) {
    if (idOf(next) < idOf(smallest)) smallest = next;
  }
  return smallest;
}
