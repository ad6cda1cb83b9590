import { type Attributes, context, propagation, SpanKind } from '@opentelemetry/api';
import type OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { inputMessages, outputMessages } from './messages.ts';
import { type Conversation, inSpan } from './spans.ts';
import { offered, type Tool } from './tool.ts';

export type ChatDeps = {
  openai: OpenAI;
  model: string;
  /** What the model may call. */
  tools: readonly Tool[];
  conversation: Conversation;
  signal: AbortSignal;
};

/** One call of the model in a `chat` span: tokens, finish reasons and content are on it. */
export async function chat(
  { openai, model, tools, conversation, signal }: ChatDeps,
  systemPrompt: string,
  messages: readonly ChatCompletionMessageParam[],
): Promise<ChatCompletion.Choice> {
  const span = { title: `chat ${model}`, kind: SpanKind.CLIENT, conversation };
  const asked = requestAttributes(new URL(openai.baseURL), model, systemPrompt, messages);
  return inSpan(span, asked, async (active) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    const completion = await openai.chat.completions.create(
      {
        model,
        messages: [{ role: 'system', content: systemPrompt }, ...messages],
        ...(tools.length > 0 && { tools: offered(tools) }),
      },
      { signal, headers },
    );
    active.setAttributes(responseAttributes(completion));
    const [choice] = completion.choices;
    if (!choice) throw new Error(`expected a choice in the model's answer ${completion.id}, got none`);
    return choice;
  });
}

function requestAttributes(
  server: URL,
  model: string,
  systemPrompt: string,
  messages: readonly ChatCompletionMessageParam[],
): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'server.address': server.hostname,
    'server.port': Number(server.port) || (server.protocol === 'https:' ? 443 : 80),
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: systemPrompt }]),
    'gen_ai.input.messages': JSON.stringify(inputMessages(messages)),
  };
}

/** Input counts the cached tokens and output the reasoning tokens, as the conventions ask; absent figures stay absent. */
function responseAttributes({ id, model, choices, usage }: ChatCompletion): Attributes {
  return {
    'gen_ai.response.id': id,
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': choices.map((choice) => choice.finish_reason),
    'gen_ai.output.messages': JSON.stringify(outputMessages(choices)),
    'gen_ai.usage.input_tokens': usage?.prompt_tokens,
    'gen_ai.usage.output_tokens': usage?.completion_tokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.prompt_tokens_details?.cached_tokens,
    'gen_ai.usage.cache_write.input_tokens': usage?.prompt_tokens_details?.cache_write_tokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.completion_tokens_details?.reasoning_tokens,
  };
}
