import { describe, expect, it } from 'vitest';
import { agentSpan, modelSpan, toolSpan } from './example-spans.ts';
import { lastCalls } from './last-calls.ts';
import type { SpanDetail } from './span.ts';
import { buildTree } from './span-tree.ts';

const read = (spans: readonly SpanDetail[]) =>
  lastCalls(buildTree(spans)).map(({ agent, call, calls }) => [
    agent,
    Number.parseInt(call.spanId, 16),
    calls,
  ]);

describe('lastCalls', () => {
  it('gives the last call of each agent, a sub-agent apart from the one that called it', () => {
    const spans = [
      agentSpan(1, 'lead', 100),
      modelSpan(2, null, 1),
      toolSpan(3, { tool: 'delegate' }, 1),
      agentSpan(4, 'writer', 20, 3),
      modelSpan(5, 'draft', 4),
      modelSpan(6, 'mail', 4),
      modelSpan(7, 'done', 1),
    ];
    expect(read(spans)).toEqual([
      ['lead', 7, 2],
      ['writer', 6, 2],
    ]);
  });

  it('takes calls that belong to no agent together', () => {
    expect(read([modelSpan(2, 'a'), modelSpan(3, 'b')])).toEqual([[null, 3, 2]]);
    expect(read([toolSpan(2, { tool: 'a' })])).toEqual([]);
  });
});
