import type { Json } from '../../domain/json.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { attributes, exampleSpan, NOON } from './example-span.ts';

/** What an agent does, one after the other: a call of a tool, something it says, or work that it hands to another. */
export type Deed =
  | { tool: string; arguments?: Json; result?: Json; error?: string }
  | { says: string }
  | { agent: string; does: readonly Deed[]; says?: string };

export type AgentWork = {
  /** Makes the trace id. */
  trace: number;
  agent: string;
  does: readonly Deed[];
  /** Nanoseconds since the epoch; noon by default. */
  at?: bigint;
  /** Laid over the attributes of each span. */
  marks?: Record<string, string>;
  /** The agent fails with this `error.type` in the end. */
  failsWith?: string;
  /** Leaves out what tools were given and what they brought. */
  silent?: boolean;
};

const step = 1_000_000n;
const hex = (value: number, bytes: number) => value.toString(16).padStart(bytes * 2, '0');
const inside = { 'gen_ai.operation.name': 'invoke_agent' };

/** The trace of an agent by the conventions: each deed takes a millisecond, with a priced model call of one before it. */
export function agentWork({
  trace,
  agent,
  does,
  at = NOON,
  marks = {},
  failsWith,
  silent = false,
}: AgentWork): OtlpSpan[] {
  const spans: OtlpSpan[] = [];
  let now = at;
  const open = (parent: string, name: string, values: Parameters<typeof attributes>[0]): OtlpSpan => {
    const span = exampleSpan({
      traceId: hex(trace, 16),
      spanId: hex(spans.length + 1, 8),
      parentSpanId: parent,
      name,
      startTimeUnixNano: now,
      attributes: attributes({ ...values, ...marks }),
    });
    spans.push(span);
    now += step;
    return span;
  };
  const close = (span: OtlpSpan) => {
    span.endTimeUnixNano = now;
  };
  const think = (parent: string, says: string) => {
    const message = [{ role: 'assistant', parts: [{ type: 'text', content: says }] }];
    close(
      open(parent, 'chat gpt-4o-mini', {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 10,
        'gen_ai.output.messages': JSON.stringify(message),
      }),
    );
  };
  const work = (parent: string, name: string, deeds: readonly Deed[]): OtlpSpan => {
    const span = open(parent, `invoke_agent ${name}`, { ...inside, 'gen_ai.agent.name': name });
    for (const [number, deed] of deeds.entries()) {
      think(span.spanId, ('says' in deed ? deed.says : undefined) ?? `thought ${number}`);
      if ('agent' in deed) work(span.spanId, deed.agent, deed.does);
      if (!('tool' in deed)) continue;
      const call = open(span.spanId, `execute_tool ${deed.tool}`, {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': deed.tool,
        ...(silent ? {} : { 'gen_ai.tool.call.arguments': JSON.stringify(deed.arguments ?? {}) }),
        ...(silent || deed.error ? {} : { 'gen_ai.tool.call.result': JSON.stringify(deed.result ?? []) }),
        ...(deed.error ? { 'error.type': deed.error } : {}),
      });
      close(call);
    }
    close(span);
    return span;
  };
  const root = work('', agent, does);
  if (failsWith !== undefined) {
    root.attributes = [...root.attributes, ...attributes({ 'error.type': failsWith })];
    root.status = { code: 2, message: failsWith };
  }
  return spans;
}
