import { describe, expect, it } from 'vitest';
import { agentSpan, exampleSpan, modelSpan, spanIdOf, toolSpan } from './example-spans.ts';
import { limitEnds } from './limit-ends.ts';
import type { SpanDetail } from './span.ts';

const failed = (span: SpanDetail, errorType: string | null, statusMessage = ''): SpanDetail => ({
  ...span,
  status: 'error',
  errorType,
  statusMessage,
});
const agent = agentSpan(1, 'alice', 9);
const said = (spans: readonly SpanDetail[]) =>
  limitEnds(spans).map((end) => [end.limit, end.said, end.spanId]);

describe('the end by a limit of steps', () => {
  it.each([
    ['GraphRecursionError', ''],
    ['GraphRecursionError', 'Recursion limit of 25 reached without hitting a stop condition.'],
    ['Error', 'Recursion limit of 25 reached without hitting a stop condition.'],
    ['recursion_limit', 'no end after 25 model calls'],
    ['agents.exceptions.MaxTurnsExceeded', 'Max turns (10) exceeded'],
    [null, 'Max turns (10) exceeded'],
    ['AgentMaxStepsError', 'Reached max steps.'],
    [null, 'Agent stopped due to iteration limit or time limit.'],
    ['LlmCallsLimitExceededError', 'Max number of llm calls limit of `500` exceeded'],
    ['max_iterations', ''],
    [null, 'maximum number of iterations reached'],
  ])('is known by %s: %s', (type, message) => {
    expect(said([failed(agent, type, message)])).toEqual([['steps', message || type, spanIdOf(1)]]);
  });

  it('is known by an exception event and by a finish reason', () => {
    const attributes = {
      'exception.type': 'GraphRecursionError',
      'exception.message': 'Recursion limit of 5',
    };
    const events = [{ name: 'exception', at: agent.start, attributes }];
    const thrown = { ...failed(agent, null), payload: { ...agent.payload, events } };
    expect(said([thrown])).toEqual([['steps', 'Recursion limit of 5', spanIdOf(1)]]);
    const reason = { 'gen_ai.response.finish_reasons': ['max_iterations'] };
    const stopped = { ...agent, payload: { ...agent.payload, attributes: reason } };
    expect(said([stopped])).toEqual([['steps', 'max_iterations', spanIdOf(1)]]);
  });

  it('is told once where the exception passes through the spans above', () => {
    const root = failed(exampleSpan(1, { kind: 'other' }), 'GraphRecursionError');
    const inner = failed(agentSpan(2, 'alice', 5, 1), 'GraphRecursionError');
    expect(said([root, inner])).toEqual([['steps', 'GraphRecursionError', spanIdOf(2)]]);
  });

  it.each([
    ['429', 'Rate limit reached for requests'],
    ['RecursionError', 'maximum recursion depth exceeded'],
    ['context_length_exceeded', "This model's maximum context length is 8192 tokens"],
    ['MaxRetryError', 'Max retries exceeded with url'],
    ['TimeoutError', 'time limit of 30 s reached'],
    ['Error', 'step 3 failed'],
    ['BudgetError', 'maximum number of tokens exceeded'],
  ])('is not %s: %s', (type, message) => {
    expect(said([failed(agent, type, message)])).toEqual([]);
  });

  it('is not what a tool says of its own limits, nor a span that did not fail', () => {
    expect(said([failed(toolSpan(1, { tool: 'crawl' }), null, 'recursion limit reached')])).toEqual([]);
    expect(said([{ ...agent, statusMessage: 'recursion limit 25' }])).toEqual([]);
  });
});

describe('an answer that was cut', () => {
  const cut = (number: number, reason: string): SpanDetail => {
    const span = modelSpan(number, 'and so');
    return {
      ...span,
      payload: { ...span.payload, attributes: { 'gen_ai.response.finish_reasons': [reason] } },
    };
  };

  it('is the last one only, and one of its length only', () => {
    expect(said([modelSpan(1, 'a'), cut(2, 'length')])).toEqual([['tokens', 'length', spanIdOf(2)]]);
    expect(said([cut(1, 'max_tokens')])).toHaveLength(1);
    expect(said([cut(1, 'length'), modelSpan(2, 'a')])).toEqual([]);
    expect(said([cut(1, 'length'), toolSpan(2, { tool: 'send' })])).toEqual([]);
    expect(said([cut(1, 'stop')])).toEqual([]);
  });
});
