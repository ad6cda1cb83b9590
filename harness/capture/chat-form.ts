import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';

/** Messages as a request for a chat completion has them; `null` where a part of them has no such form. */
export function chatMessages(messages: readonly Message[]): JsonObject[] | null {
  const all = messages.map(chatMessage);
  return all.includes(null) ? null : all.flatMap((some) => some ?? []);
}

/** The answer of a model as a chat completion has it; `null` where a part of it has no such form. */
export function chatAnswer(parts: readonly MessagePart[]): JsonObject | null {
  const calls = parts.filter((part) => part.type === 'tool_call');
  if (calls.some(({ id }) => id === null) || parts.some(({ type }) => type === 'other')) return null;
  return {
    role: 'assistant',
    content: textParts(parts).join('') || null,
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, arguments: given }) => ({
            id,
            type: 'function',
            function: { name, arguments: asText(given ?? {}) },
          })),
        }),
  };
}

/** The tools as a request has them; `null` where their schemas were not captured. */
export function chatTools(definitions: Json): Json[] | null {
  if (!Array.isArray(definitions)) return null;
  const tools = definitions.map((tool): Json => {
    if (tool === null || typeof tool !== 'object' || Array.isArray(tool)) return null;
    if (typeof tool.function === 'object') return tool;
    const { type: _, ...schema } = tool;
    return typeof tool.name === 'string' ? { type: 'function', function: schema } : null;
  });
  return tools.includes(null) ? null : tools;
}

function chatMessage({ role, parts }: Message): JsonObject[] | null {
  if (parts.some(({ type }) => type === 'other')) return null;
  if (role === 'assistant') {
    const answer = chatAnswer(parts);
    return answer && [answer];
  }
  const results = parts.filter((part) => part.type === 'tool_call_response');
  if (results.some(({ id }) => id === null)) return null;
  const texts = textParts(parts);
  if (role === 'tool' && results.length === 0) return null;
  return [
    ...results.map(({ id, response }) => ({ role: 'tool', tool_call_id: id, content: asText(response) })),
    ...(texts.length === 0 && results.length > 0 ? [] : [{ role, content: contentOf(texts) }]),
  ];
}

/** Several texts were several parts. */
function contentOf(texts: readonly string[]): Json {
  return texts.length > 1 ? texts.map((text) => ({ type: 'text', text })) : (texts[0] ?? '');
}

function textParts(parts: readonly MessagePart[]): string[] {
  return parts.flatMap((part) => (part.type === 'text' ? [part.content] : []));
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
