import type { Span } from './span.ts';
import type { SpanKind } from './span-kind.ts';
import type { TreeRow } from './span-tree.ts';

/** Everything in a trace that is the same step of the same agent: its calls of one tool, of one model, ... */
export type GraphNode = {
  kind: SpanKind;
  /** The tool, model or agent, else the name of the spans. */
  label: string;
  /** Whose step it is; `null` where no agent is known. */
  agent: string | null;
  /** Spans. */
  count: number;
  errors: number;
  /** Microseconds, those of children included. */
  time: number;
  /** The first of its spans. */
  spanId: string;
};

/** One step after another, or within another. Nodes are named by their place in the list. */
export type GraphEdge = {
  from: number;
  to: number;
  count: number;
  /** The span that the first passage led to. */
  spanId: string;
};

export type AgentGraph = {
  /** By first occurrence. */
  nodes: GraphNode[];
  edges: GraphEdge[];
};

type Step = Pick<
  Span,
  'spanId' | 'name' | 'kind' | 'duration' | 'status' | 'agent' | 'model' | 'tool' | 'operation'
>;

/**
 * The steps of a trace folded into a graph: a node for what is the same step, an edge from a span to the first of its
 * children and from each child to the next one, counted. What an agent does again and again is an edge that leads back,
 * or to itself. Spans of kind `other` (HTTP requests, database calls) are no steps: their children stand for them. O(n).
 *
 * @param rows of `buildTree`
 */
export function agentGraph<S extends Step>(rows: readonly TreeRow<S>[]): AgentGraph {
  const nodes: GraphNode[] = [];
  const places = new Map<string, number>();
  const edges = new Map<string, GraphEdge>();
  // Of each level of the tree: the last step on it, whose agent it belongs to, and the last step among its children.
  const levels: { place: number | null; agent: string | null; last: number | null }[] = [];
  const start = { place: null, agent: null, last: null };
  for (const { span, depth } of rows) {
    levels.length = depth;
    const parent = levels[depth - 1] ?? { ...start };
    if (span.kind === 'other') {
      levels.push(parent);
      continue;
    }
    const agent = span.agent ?? (span.kind === 'agent' ? span.name : parent.agent);
    const place = placeOf(nodes, places, span, agent);
    const from = parent.last ?? parent.place;
    if (from !== null) pass(edges, from, place, span.spanId);
    parent.last = place;
    levels.push({ place, agent, last: null });
  }
  return { nodes, edges: [...edges.values()] };
}

function placeOf(nodes: GraphNode[], places: Map<string, number>, span: Step, agent: string | null): number {
  const label = labelOf(span);
  const key = JSON.stringify([span.kind, label, agent]);
  const known = places.get(key);
  const place = known ?? nodes.length;
  if (known === undefined) {
    places.set(key, place);
    nodes.push({ kind: span.kind, label, agent, count: 0, errors: 0, time: 0, spanId: span.spanId });
  }
  const node = nodes[place];
  if (node) {
    node.count += 1;
    node.errors += span.status === 'error' ? 1 : 0;
    node.time += span.duration;
  }
  return place;
}

function labelOf({ kind, name, agent, model, tool, operation }: Step): string {
  if (kind === 'agent') return agent ?? name;
  if (kind === 'tool') return tool ?? name;
  if (kind === 'llm') return model === null ? name : [operation, model].filter(Boolean).join(' ');
  return name;
}

function pass(edges: Map<string, GraphEdge>, from: number, to: number, spanId: string): void {
  const key = `${from} ${to}`;
  const edge = edges.get(key);
  if (edge) edge.count += 1;
  else edges.set(key, { from, to, count: 1, spanId });
}
