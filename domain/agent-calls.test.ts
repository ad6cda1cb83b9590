import { describe, expect, it } from 'vitest';
import { agentCalls, callsOfMessages } from './agent-calls.ts';
import { agentSpan, exampleSpan, modelSpan, toolSpan } from './example-spans.ts';
import type { SpanDetail } from './span.ts';
import { buildTree } from './span-tree.ts';

const read = (spans: readonly SpanDetail[]) =>
  agentCalls(buildTree(spans)).map(({ agent, last, calls }) => [
    agent,
    Number.parseInt(last.spanId, 16),
    calls.length,
  ]);

describe('agentCalls', () => {
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

  it('tells the steps of an agent apart, and takes those of one name for one', () => {
    const step = (number: number, name: string, parent: number) =>
      exampleSpan(number, { parent, name, kind: 'step' });
    const spans = [
      agentSpan(1, 'flow', 100),
      step(2, 'judge', 1),
      modelSpan(3, 'ask', 2),
      step(4, 'write', 1),
      modelSpan(5, 'draft', 4),
      step(6, 'judge', 1),
      modelSpan(7, 'act', 6),
      agentSpan(8, 'critic', 10, 4),
      modelSpan(9, 'good', 8),
    ];
    const calls = agentCalls(buildTree(spans));
    expect(calls.map(({ agent, step, calls }) => [agent, step, calls.length])).toEqual([
      ['flow', 'judge', 2],
      ['flow', 'write', 1],
      ['critic', null, 1],
    ]);
  });

  it('takes calls that belong to no agent together', () => {
    expect(read([modelSpan(2, 'a'), modelSpan(3, 'b')])).toEqual([[null, 3, 2]]);
    expect(read([toolSpan(2, { tool: 'a' })])).toEqual([]);
  });
});

describe('callsOfMessages', () => {
  const of = (roles: string, answers: number, calls: string[]) =>
    callsOfMessages({ roles: roles.split(' '), answers }, calls)
      .map((call) => call ?? '-')
      .join(' ');

  it('finds the call of each message that the agent said', () => {
    expect(of('user assistant tool assistant tool assistant', 1, ['a', 'b', 'c'])).toBe('- a - b - c');
  });

  it('takes messages in a row for one, and the answer apart from what was said before it', () => {
    expect(of('user assistant assistant tool assistant assistant', 2, ['a', 'b'])).toBe('- a a - b b');
    expect(of('user assistant assistant', 1, ['a', 'b'])).toBe('- a b');
  });

  it('counts from the end: what was said before the first call is of none', () => {
    expect(of('user assistant user assistant tool assistant', 1, ['a', 'b'])).toBe('- - - a - b');
    expect(of('assistant user', 0, ['a', 'failed'])).toBe('a -');
  });

  it('leaves calls out whose messages a cut history has lost', () => {
    expect(of('user assistant tool assistant', 1, ['a', 'b', 'c', 'd'])).toBe('- c - d');
  });
});
