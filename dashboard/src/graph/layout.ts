/** A graph as its layout needs it: nodes by their place, edges between places. */
export type PlainGraph = { nodes: number; edges: readonly { from: number; to: number }[] };

/** How an edge runs: down to a later row, back up, or to its own node. */
export type Course = 'down' | 'back' | 'self';

export type Layout = {
  /** Of each node: its row from the top and its place in that row, both from 0. */
  places: { row: number; column: number }[];
  /** Of each edge, in the given order. */
  courses: Course[];
  rows: number;
  /** Of the fullest row. */
  columns: number;
};

/**
 * Puts each node in the row below all that lead to it. Edges that lead back along the way they came (loops) do not count
 * for the rows and are kept as such: no edge is lost. Nodes of a row stand in the order in which the graph is walked, so
 * what belongs together is near. O(V + E).
 */
export function layout({ nodes, edges }: PlainGraph): Layout {
  const { courses, order } = walk(nodes, edges);
  const row = new Array<number>(nodes).fill(0);
  const out = outgoing(nodes, edges);
  for (const from of order) {
    for (const edge of out[from] ?? []) {
      const to = edges[edge]?.to ?? from;
      if (courses[edge] === 'down') row[to] = Math.max(row[to] ?? 0, (row[from] ?? 0) + 1);
    }
  }
  const filled: number[] = [];
  const places = new Array<{ row: number; column: number }>(nodes);
  for (const node of order) {
    const at = row[node] ?? 0;
    places[node] = { row: at, column: filled[at] ?? 0 };
    filled[at] = (filled[at] ?? 0) + 1;
  }
  return { places, courses, rows: filled.length, columns: filled.reduce((most, n) => Math.max(most, n), 0) };
}

/**
 * Depth first, without recursion: an edge to a node that is still being walked leads back.
 *
 * @returns `order`: every node before those that its down edges lead to
 */
function walk(nodes: number, edges: PlainGraph['edges']): { courses: Course[]; order: number[] } {
  const out = outgoing(nodes, edges);
  const courses: Course[] = edges.map(({ from, to }) => (from === to ? 'self' : 'down'));
  const state = new Uint8Array(nodes); // 0 not met, 1 being walked, 2 done
  const finished: number[] = [];
  const next = new Uint32Array(nodes);
  for (let root = 0; root < nodes; root++) {
    if (state[root] !== 0) continue;
    const path = [root];
    state[root] = 1;
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const leaving = out[node] ?? [];
      const step = next[node] ?? 0;
      const edge = leaving[step];
      if (edge === undefined) {
        state[node] = 2;
        finished.push(node);
        path.pop();
        continue;
      }
      next[node] = step + 1;
      const to = edges[edge]?.to ?? node;
      if (to === node) continue;
      if (state[to] === 1) courses[edge] = 'back';
      if (state[to] === 0) {
        state[to] = 1;
        path.push(to);
      }
    }
  }
  return { courses, order: finished.reverse() };
}

/** The edges that leave each node, by their place; last ones first, so that the walk finishes the first ones last. */
function outgoing(nodes: number, edges: PlainGraph['edges']): number[][] {
  const out = Array.from({ length: nodes }, (): number[] => []);
  for (let edge = edges.length - 1; edge >= 0; edge--) out[edges[edge]?.from ?? 0]?.push(edge);
  return out;
}
