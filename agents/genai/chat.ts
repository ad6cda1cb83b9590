import { type Attributes, context, propagation, type Span, SpanKind } from '@opentelemetry/api';
import type OpenAI from 'openai';
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { AnswerCache } from './answer-cache.ts';
import { inputMessages, outputMessages } from './messages.ts';
import { type Conversation, inSpan } from './spans.ts';
import { type Offer, offered } from './tool.ts';

export type ChatDeps = {
  openai: OpenAI;
  model: string;
  /** What the model may call. */
  tools: readonly Offer[];
  conversation: Conversation;
  signal: AbortSignal;
  /** Streams the answer: told each piece of what the model says. The span then has the time to the first piece. */
  onText?: (piece: string) => void;
  /** Asked before the model is. Default: none. */
  cache?: AnswerCache | undefined;
};

/**
 * One call of the model in a `chat` span: tokens, finish reasons and content are on it. An answer from the cache is no
 * call of a model; its span is called `cached chat` and has the content alone.
 */
export async function chat(
  deps: ChatDeps,
  systemPrompt: string,
  messages: readonly ChatCompletionMessageParam[],
): Promise<ChatCompletion.Choice> {
  const { openai, model, tools, conversation, signal, onText, cache } = deps;
  const request: ChatCompletionCreateParamsNonStreaming = {
    model,
    messages: [{ role: 'system', content: systemPrompt }, ...messages],
    ...(tools.length > 0 && { tools: offered(tools) }),
  };
  const cached = await cache?.get(request);
  if (cached) return recall(deps, systemPrompt, messages, cached);
  const span = { title: `chat ${model}`, kind: SpanKind.CLIENT, conversation };
  const asked = {
    ...callAttributes(new URL(openai.baseURL), model),
    'gen_ai.request.stream': onText ? true : undefined,
    ...contentAttributes(systemPrompt, messages),
  };
  return inSpan(span, asked, async (active) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    const completion = onText
      ? await streamed(deps, request, headers, active)
      : await openai.chat.completions.create(request, { signal, headers });
    active.setAttributes(responseAttributes(completion));
    await cache?.put(request, completion);
    return firstChoice(completion);
  });
}

/** Reads the answer piece by piece. */
async function streamed(
  { openai, signal, onText }: ChatDeps,
  request: ChatCompletionCreateParamsNonStreaming,
  headers: Record<string, string>,
  span: Span,
): Promise<ChatCompletion> {
  const start = performance.now();
  let first = true;
  const stream = openai.chat.completions.stream(
    { ...request, stream: true, stream_options: { include_usage: true } },
    { signal, headers },
  );
  for await (const { choices } of stream) {
    const [choice] = choices;
    if (first && (choice?.delta.content || choice?.delta.tool_calls)) {
      span.setAttribute('gen_ai.response.time_to_first_chunk', (performance.now() - start) / 1000);
      first = false;
    }
    if (choice?.delta.content) onText?.(choice.delta.content);
  }
  return stream.finalChatCompletion();
}

/** Gives an answer that is known. */
async function recall(
  { model, conversation, onText }: ChatDeps,
  systemPrompt: string,
  messages: readonly ChatCompletionMessageParam[],
  completion: ChatCompletion,
): Promise<ChatCompletion.Choice> {
  const span = { title: `cached chat ${model}`, kind: SpanKind.INTERNAL, conversation };
  return inSpan(span, contentAttributes(systemPrompt, messages), async (active) => {
    active.setAttribute('gen_ai.output.messages', JSON.stringify(outputMessages(completion.choices)));
    const choice = firstChoice(completion);
    if (choice.message.content) onText?.(choice.message.content);
    return choice;
  });
}

function firstChoice({ id, choices: [choice] }: ChatCompletion): ChatCompletion.Choice {
  if (!choice) throw new Error(`expected a choice in the model's answer ${id}, got none`);
  return choice;
}

function callAttributes(server: URL, model: string): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': model,
    'server.address': server.hostname,
    'server.port': Number(server.port) || (server.protocol === 'https:' ? 443 : 80),
  };
}

function contentAttributes(
  systemPrompt: string,
  messages: readonly ChatCompletionMessageParam[],
): Attributes {
  return {
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
