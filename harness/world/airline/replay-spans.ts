import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Json } from '../../../domain/json.ts';
import type { Message } from '../../../domain/message.ts';
import type { RecordedMessage } from './data-files.ts';
import type { RecordedCall } from './recording.ts';

/** Who is replayed, as traces and reports name it. */
export const REPLAYED_AGENT = 'tau-bench-gpt-4o';
const MODEL = 'gpt-4o';

/** Runs `work` in a span under the active one. An error is recorded on the span and thrown on. */
export async function inSpan<T>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  work: (span: Span, active: Context) => Promise<T>,
): Promise<T> {
  const tracer = trace.getTracer(REPLAYED_AGENT);
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work(span, context.active());
    } catch (error) {
      const thrown = error instanceof Error ? error : new Error(String(error));
      span.recordException(thrown);
      markFailed(span, thrown.name, thrown.message);
      throw error;
    } finally {
      span.end();
    }
  });
}

export function markFailed(span: Span, type: string, message: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

export function agentAttributes(conversationId: string): Attributes {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.provider.name': 'openai',
    'gen_ai.agent.name': REPLAYED_AGENT,
    'gen_ai.request.model': MODEL,
    'gen_ai.conversation.id': conversationId,
  };
}

export function toolAttributes(conversationId: string, call: RecordedCall): Attributes {
  return {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.agent.name': REPLAYED_AGENT,
    'gen_ai.conversation.id': conversationId,
    'gen_ai.tool.name': call.tool,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.call.arguments': JSON.stringify(call.arguments),
  };
}

/**
 * Emits the `chat` spans of one conversation. Tokens were not recorded, so none are given. Each message is written as
 * text once, though every later span repeats it.
 */
export function chatSpans(conversationId: string, messages: readonly RecordedMessage[]) {
  const texts = messages.map((message) => JSON.stringify(genAiMessage(message)));
  const instructions = messages.flatMap((message) =>
    message.role === 'system' ? [{ type: 'text', content: message.content }] : [],
  );
  const before = (place: number) => texts.slice(0, place).filter((_, i) => messages[i]?.role !== 'system');
  const systemInstructions = JSON.stringify(instructions);
  /** The call of the model that gave the message at `place`. */
  return async (place: number): Promise<void> => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.agent.name': REPLAYED_AGENT,
      'gen_ai.conversation.id': conversationId,
      'gen_ai.system_instructions': systemInstructions,
      'gen_ai.input.messages': `[${before(place).join(',')}]`,
      'gen_ai.output.messages': `[${texts[place]}]`,
    };
    await inSpan(`chat ${MODEL}`, SpanKind.CLIENT, attributes, async () => {});
  };
}

/** A recorded message in the shape of the OpenTelemetry GenAI conventions. */
function genAiMessage(message: RecordedMessage): Message {
  if (message.role === 'tool') {
    return {
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: message.tool_call_id, response: message.content }],
    };
  }
  const text = message.content ? [{ type: 'text' as const, content: message.content }] : [];
  if (message.role !== 'assistant') return { role: message.role, parts: text };
  const calls = (message.tool_calls ?? []).map((call) => ({
    type: 'tool_call' as const,
    id: call.id,
    name: call.function.name,
    arguments: JSON.parse(call.function.arguments) as Json,
  }));
  return { role: 'assistant', parts: [...text, ...calls] };
}
