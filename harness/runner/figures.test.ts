import { expect, it } from 'vitest';
import { nanoUsd } from '../../domain/units.ts';
import { exampleSpan } from '../scorers/example-record.ts';
import { figuresFromSpans } from './figures.ts';

it('counts the tokens of model calls, and the cost of embeddings with theirs', () => {
  const usage = { input: 10, cacheRead: null, cacheWrite: null, output: 5, reasoning: null };
  const embedded = { ...usage, output: null };
  const figures = figuresFromSpans([
    exampleSpan(1, { kind: 'agent', usage }),
    exampleSpan(2, { kind: 'llm', usage, cost: nanoUsd(700) }),
    exampleSpan(3, { kind: 'retrieval', operation: 'embeddings', usage: embedded, cost: nanoUsd(30) }),
    exampleSpan(4, { kind: 'tool' }),
  ]);
  expect(figures).toEqual({ modelCalls: 1, toolCalls: 1, usage, cost: 730 });
});
