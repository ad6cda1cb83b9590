import { type Attributes, type Span, type SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * What an agent is called in traces and reports. The version is raised with every change of prompt, tools or loop: it is
 * the key under which results are compared.
 */
export type AgentIdentity = { name: string; version: string };

/** What every span of a conversation carries: which conversation, and which agent is at work. */
export type Conversation = { id: string; agent: AgentIdentity };

/** Marks the span as failed; `type` is a short word that stays the same for the same cause. */
export function markFailed(span: Span, type: string, message: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/**
 * Runs `work` in a span of the GenAI conventions that ends with it. An error is recorded on the span and thrown on.
 */
export async function inSpan<T>(
  { title, kind, conversation }: { title: string; kind: SpanKind; conversation: Conversation },
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const always: Attributes = {
    'gen_ai.agent.name': conversation.agent.name,
    'gen_ai.conversation.id': conversation.id,
    'session.id': conversation.id,
  };
  const tracer = trace.getTracer(conversation.agent.name, conversation.agent.version);
  return tracer.startActiveSpan(title, { kind, attributes: { ...always, ...attributes } }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      const thrown = error instanceof Error ? error : new Error(String(error));
      span.recordException(thrown);
      markFailed(span, errorType(thrown), thrown.message);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The HTTP status where the error has one (the openai package's do), else its class. */
function errorType(error: Error): string {
  return 'status' in error && typeof error.status === 'number' ? String(error.status) : error.name;
}
