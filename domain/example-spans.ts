import type { Json } from './json.ts';
import { type Message, MessagePart } from './message.ts';
import { SpanDetail } from './span.ts';

/** Spans for tests of what reads a trace. */

export function spanIdOf(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** A span that takes the millisecond `number`; the number also makes its id. */
export function exampleSpan(
  number: number,
  {
    parent,
    payload,
    ...rest
  }: Omit<Partial<SpanDetail>, 'payload'> & {
    parent?: number;
    payload?: Partial<SpanDetail['payload']>;
  } = {},
): SpanDetail {
  return SpanDetail.parse({
    traceId: 'a'.repeat(32),
    spanId: spanIdOf(number),
    parentSpanId: parent === undefined ? null : spanIdOf(parent),
    name: 'span',
    kind: 'other',
    start: number * 1000,
    duration: 1000,
    status: 'ok',
    statusMessage: '',
    errorType: null,
    service: 'agent',
    operation: null,
    agent: null,
    provider: null,
    model: null,
    tool: null,
    session: null,
    usage: null,
    cost: null,
    runId: null,
    trialId: null,
    scenarioId: null,
    ...rest,
    payload: {
      inputMessages: null,
      outputMessages: null,
      systemInstructions: null,
      toolArguments: null,
      toolResult: null,
      toolDefinitions: null,
      attributes: {},
      resource: {},
      scope: { name: '', version: '' },
      events: [],
      evaluations: [],
      links: [],
      ...payload,
    },
  });
}

/** What an agent does in a tool span. */
export type ExampleCall = { tool: string; arguments?: Json; result?: Json };

export function toolSpan(
  number: number,
  { tool, arguments: asked = {}, result = 'none' }: ExampleCall,
  parent?: number,
) {
  return exampleSpan(number, {
    kind: 'tool',
    tool,
    ...(parent === undefined ? {} : { parent }),
    payload: { toolArguments: asked, toolResult: result },
  });
}

/** A call of a model that used 100 tokens and cost 5 nano-dollars. */
export function modelSpan(number: number, said: string | null, parent?: number) {
  const answer: Message[] = [
    { role: 'assistant', parts: [MessagePart.parse({ type: 'text', content: said ?? '' })] },
  ];
  return exampleSpan(number, {
    kind: 'llm',
    usage: { input: 90, cacheRead: null, cacheWrite: null, output: 10, reasoning: null },
    cost: 5 as SpanDetail['cost'],
    ...(parent === undefined ? {} : { parent }),
    payload: { outputMessages: said === null ? null : answer },
  });
}

export function agentSpan(number: number, agent: string, milliseconds: number, parent?: number) {
  return exampleSpan(number, {
    kind: 'agent',
    name: `invoke_agent ${agent}`,
    agent,
    duration: (milliseconds * 1000) as SpanDetail['duration'],
    ...(parent === undefined ? {} : { parent }),
  });
}
