import { type Span, SpanKind } from '@opentelemetry/api';
import { spoken } from './messages.ts';
import { type Conversation, inSpan } from './spans.ts';

/** What the agent said, and whether it came to an end by itself. */
export type Reply = { said: string[]; finished: boolean };

/**
 * Handles one request in an `invoke_agent` span, which holds what was asked and what was answered.
 *
 * @param model that the agent plans with; `null` where several do
 */
export function invokeAgent(
  { conversation, model, message }: { conversation: Conversation; model: string | null; message: string },
  work: (span: Span) => Promise<Reply>,
): Promise<Reply> {
  const { name, version } = conversation.agent;
  const span = { title: `invoke_agent ${name}`, kind: SpanKind.INTERNAL, conversation };
  const asked = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.version': version,
    'gen_ai.input.messages': spoken('user', message),
    ...(model !== null && { 'gen_ai.request.model': model }),
  };
  return inSpan(span, asked, async (active) => {
    const reply = await work(active);
    if (reply.said.length > 0) {
      active.setAttribute('gen_ai.output.messages', spoken('assistant', reply.said.join('\n')));
    }
    return reply;
  });
}
