import { exampleSpan } from '../../domain/example-spans.ts';
import { SpanId, TraceId } from '../../domain/ids.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';
import type { SpanDetail } from '../../domain/span.ts';
import { micros } from '../../domain/units.ts';

type Said = { role: string; content: string };

/** A span of a tool, as tests and examples need it. */
export function toolSpan(tool: string, given: Json, result: Json, error: string | null = null): SpanDetail {
  const { payload, ...span } = blank;
  return {
    ...span,
    spanId: newSpanId(),
    name: `execute_tool ${tool}`,
    kind: 'tool',
    tool,
    ...(error === null ? {} : { status: 'error' as const, statusMessage: error, errorType: 'tool_error' }),
    payload: { ...payload, toolArguments: given, toolResult: result },
  };
}

/** A span of a model's call that answered with words or with calls of tools. */
export function chatSpan({
  asks,
  says,
  calls = [],
  system = null,
  tools = null,
}: {
  /** `null`: not captured. */
  asks: (Said | Message)[] | null;
  says?: string;
  calls?: Extract<MessagePart, { type: 'tool_call' }>[];
  system?: string | null;
  tools?: JsonObject[] | null;
}): SpanDetail {
  const { payload, ...span } = blank;
  const parts: MessagePart[] = [...(says === undefined ? [] : [text(says)]), ...calls];
  return {
    ...span,
    spanId: newSpanId(),
    name: 'chat gpt-test',
    kind: 'llm',
    model: 'gpt-test-2026-01-01',
    usage: { input: 100, cacheRead: 20, cacheWrite: null, output: 10, reasoning: null },
    payload: {
      ...payload,
      inputMessages:
        asks?.map((said) => ('parts' in said ? said : { role: said.role, parts: [text(said.content)] })) ??
        null,
      outputMessages: parts.length === 0 ? null : [{ role: 'assistant', parts }],
      systemInstructions: system,
      toolDefinitions: tools,
      attributes: { 'gen_ai.request.model': 'gpt-test' },
    },
  };
}

function text(content: string): MessagePart {
  return { type: 'text', content };
}

function newSpanId(): SpanId {
  return SpanId.parse(crypto.randomUUID().replaceAll('-', '').slice(16));
}

const blank = exampleSpan(1, {
  traceId: TraceId.parse('0af7651916cd43dd8448eb211c80319c'),
  start: micros(Date.parse('2026-03-02T09:00:00Z') * 1000),
  duration: micros(1_500_000),
  status: 'unset',
  service: 'sales',
  agent: 'Alice',
  provider: 'openai',
  payload: { scope: { name: 'test', version: '1' } },
});
