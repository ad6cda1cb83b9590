import { SpanKind } from '@opentelemetry/api';
import type OpenAI from 'openai';
import { z } from 'zod';
import { chat } from '../genai/chat.ts';
import { parseJson } from '../genai/json.ts';
import { spoken } from '../genai/messages.ts';
import { type Conversation, inSpan } from '../genai/spans.ts';
import type { Offer } from '../genai/tool.ts';
import { critic } from './identity.ts';
import { CRITIC_PROMPT } from './prompt.ts';

export type CriticDeps = { openai: OpenAI; model: string; conversationId: string; signal: AbortSignal };

/** An action before it is done, as the critic sees it. */
export type Proposal = {
  /** What the user has said, in order. */
  task: readonly string[];
  page: string;
  /** `press [41 button] Add to basket` */
  action: string;
  /** What is sent. */
  fields: string;
};

export type Review = { approved: true } | { approved: false; reason: string };

const Verdict = z.strictObject({ approve: z.boolean(), reason: z.string() });

const { $schema: _, ...parameters } = z.toJSONSchema(Verdict);
const VERDICT: Offer = {
  name: 'verdict',
  description: 'Say whether the action may be done.',
  parameters,
};

/** Asks a model whether an action may be done. What is no clear yes is a no. */
export function review(deps: CriticDeps, proposal: Proposal): Promise<Review> {
  const conversation: Conversation = { id: deps.conversationId, agent: critic };
  const { openai, model, signal } = deps;
  const span = { title: `invoke_agent ${critic.name}`, kind: SpanKind.INTERNAL, conversation };
  const asked = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.version': critic.version,
    'gen_ai.request.model': model,
    'gen_ai.input.messages': spoken('user', `May I ${proposal.action}`),
  };
  return inSpan(span, asked, async (active) => {
    const content = `TASK\n${proposal.task.join('\n')}\n\nACTION\n${proposal.action}\nIt sends ${proposal.fields}\n\n${proposal.page}`;
    const { message } = await chat({ openai, model, tools: [VERDICT], conversation, signal }, CRITIC_PROMPT, [
      { role: 'user', content },
    ]);
    const call = message.tool_calls?.find((one) => one.type === 'function');
    const verdict = Verdict.safeParse(call?.type === 'function' ? parseJson(call.function.arguments) : null);
    const reviewed: Review = !verdict.success
      ? { approved: false, reason: 'the critic gave no verdict' }
      : verdict.data.approve
        ? { approved: true }
        : { approved: false, reason: verdict.data.reason };
    active.setAttributes({
      'browser.critic.approved': reviewed.approved,
      'gen_ai.output.messages': spoken('assistant', reviewed.approved ? 'Yes.' : `No: ${reviewed.reason}`),
    });
    return reviewed;
  });
}
