import { describe, expect, it } from 'vitest';
import { agentGraph } from './agent-graph.ts';
import { agentSpan, exampleSpan, modelSpan, toolSpan } from './example-spans.ts';
import type { SpanDetail } from './span.ts';
import { buildTree } from './span-tree.ts';

function graphOf(spans: readonly SpanDetail[]) {
  const { nodes, edges } = agentGraph(buildTree(spans));
  const name = (place: number) => nodes[place]?.label;
  return {
    nodes: nodes.map(({ label, count }) => `${label} x${count}`),
    edges: edges.map(({ from, to, count }) => `${name(from)} -> ${name(to)} x${count}`),
  };
}

describe('agentGraph', () => {
  it('folds a loop of model and tool into two nodes and the way back', () => {
    const spans = [
      agentSpan(1, 'alice', 100),
      ...[2, 4, 6].map((number) => modelSpan(number, null, 1)),
      ...[3, 5].map((number) => toolSpan(number, { tool: 'search' }, 1)),
    ];
    expect(graphOf(spans)).toEqual({
      nodes: ['alice x1', 'span x3', 'search x2'],
      edges: ['alice -> span x1', 'span -> search x2', 'search -> span x2'],
    });
  });

  it('keeps a step that follows itself', () => {
    const spans = [agentSpan(1, 'alice', 100), ...[2, 3, 4].map((n) => toolSpan(n, { tool: 'poll' }, 1))];
    expect(graphOf(spans).edges).toEqual(['alice -> poll x1', 'poll -> poll x2']);
  });

  it('tells the same tool of two agents apart, and leads from one agent to the other', () => {
    const spans = [
      agentSpan(1, 'lead', 100),
      agentSpan(2, 'writer', 20, 1),
      toolSpan(3, { tool: 'send' }, 2),
      agentSpan(4, 'critic', 20, 1),
      toolSpan(5, { tool: 'send' }, 4),
    ];
    expect(graphOf(spans)).toEqual({
      nodes: ['lead x1', 'writer x1', 'send x1', 'critic x1', 'send x1'],
      edges: ['lead -> writer x1', 'writer -> send x1', 'writer -> critic x1', 'critic -> send x1'],
    });
  });

  it('looks through requests and database calls', () => {
    const spans = [
      agentSpan(1, 'alice', 100),
      exampleSpan(2, { parent: 1, name: 'POST' }),
      toolSpan(3, { tool: 'send' }, 2),
      exampleSpan(4, { parent: 3, name: 'INSERT' }),
      toolSpan(5, { tool: 'read' }, 1),
    ];
    expect(graphOf(spans)).toEqual({
      nodes: ['alice x1', 'send x1', 'read x1'],
      edges: ['alice -> send x1', 'send -> read x1'],
    });
  });

  it('sums up time and errors, and names the first span', () => {
    const failed = { ...toolSpan(3, { tool: 'send' }), status: 'error' as const };
    const { nodes } = agentGraph(buildTree([toolSpan(2, { tool: 'send' }), failed]));
    expect(nodes).toMatchObject([{ count: 2, errors: 1, time: 2000, spanId: '0000000000000002' }]);
  });

  it('has no edge between traces of several roots, and nothing of nothing', () => {
    expect(graphOf([toolSpan(2, { tool: 'a' }), toolSpan(3, { tool: 'b' })]).edges).toEqual([]);
    expect(graphOf([])).toEqual({ nodes: [], edges: [] });
  });
});
