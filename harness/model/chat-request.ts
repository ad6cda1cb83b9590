import { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import type { ChatMessage, ChatRequest } from './simulated-model.ts';

const Text = z.object({ type: z.literal('text'), text: z.string() });
const Content = z.union([z.string(), z.array(Text)]).nullish();
const ToolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

/** The part of OpenAI's request that a simulated model reads; the rest is let through unread. */
const Body = z.object({
  model: z.string(),
  messages: z
    .array(
      z.object({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
        content: Content,
        tool_calls: z.array(ToolCall).nullish(),
        tool_call_id: z.string().nullish(),
      }),
    )
    .min(1),
  tools: z
    .array(z.object({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }))
    .nullish(),
  n: z.literal(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
});

/** A request as read, or what is wrong with it. */
export type ReadChatRequest =
  | {
      model: string;
      request: ChatRequest;
      /** As JSON: only its length matters. */
      toolDefinitions: string;
      stream: boolean;
      includeUsage: boolean;
    }
  | { problem: string; param: string | null };

/** Reads the body of `POST /v1/chat/completions`. */
export function readChatRequest(text: string): ReadChatRequest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'We could not parse the JSON body of your request.', param: null };
  }
  const parsed = Body.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const param = issue?.path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('');
    return { problem: `Invalid request: ${issue?.message}`, param: param?.replace(/^\./, '') || null };
  }
  const body = parsed.data;
  return {
    model: body.model,
    request: {
      messages: body.messages.map(toMessage),
      tools: (body.tools ?? []).map((tool) => tool.function.name),
      schemas: Object.fromEntries(
        (body.tools ?? []).map((tool) => [tool.function.name, (tool.function.parameters ?? {}) as Json]),
      ),
    },
    toolDefinitions: body.tools ? JSON.stringify(body.tools) : '',
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
  };
}

function toMessage(message: z.infer<typeof Body>['messages'][number]): ChatMessage {
  const { role, content, tool_calls, tool_call_id } = message;
  return {
    role,
    content: Array.isArray(content) ? content.map((part) => part.text).join('') : (content ?? null),
    ...(tool_calls ? { tool_calls } : {}),
    ...(tool_call_id ? { tool_call_id } : {}),
  };
}
