import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';

/**
 * Messages in the shape of the GenAI conventions, `[{role, parts: [...]}]`, out of what emitters send: parts of any
 * age, OpenAI's `content`, a single message, plain text. Nothing is dropped: what is not understood is a part `other`.
 *
 * @param role of a message that names none.
 */
export function readMessages(value: Json, role: string): Message[] | null {
  if (value === null) return null;
  return (Array.isArray(value) ? value : [value]).map((message) => readMessage(message, role));
}

/** Instructions are plain text or an array of parts. */
export function readInstructions(value: Json): string | null {
  if (value === null || typeof value === 'string') return value;
  const parts = Array.isArray(value) ? value.map(readPart) : [readPart(value)];
  return parts.map((part) => (part.type === 'text' ? part.content : JSON.stringify(part))).join('\n');
}

function readMessage(value: Json, defaultRole: string): Message {
  if (!isObject(value)) return { role: defaultRole, parts: [readPart(value)] };
  const role = typeof value.role === 'string' ? value.role : defaultRole;
  if (Array.isArray(value.parts)) return { role, parts: value.parts.map(readPart) };
  const content = value.content ?? null;
  const said = content === null ? [] : Array.isArray(content) ? content.map(readPart) : [readPart(content)];
  const calls = Array.isArray(value.tool_calls) ? value.tool_calls.map(readPart) : [];
  const parts = [...said, ...calls];
  return { role, parts: parts.length > 0 || content !== null ? parts : [{ type: 'other', content: value }] };
}

function readPart(part: Json): MessagePart {
  if (typeof part === 'string') return { type: 'text', content: part };
  if (!isObject(part)) return { type: 'other', content: part };
  const { type } = part;
  const content = part.content ?? part.text ?? null;
  if ((type === 'text' || type === 'reasoning') && typeof content === 'string') return { type, content };
  const id = [part.id, part.call_id].find((candidate) => typeof candidate === 'string') ?? null;
  if (type === 'tool_call' && typeof part.name === 'string') {
    return { type, id, name: part.name, arguments: parsed(part.arguments ?? null) };
  }
  if (type === 'function' && isObject(part.function) && typeof part.function.name === 'string') {
    const { name, arguments: given = null } = part.function;
    return { type: 'tool_call', id, name, arguments: parsed(given) };
  }
  if (type === 'tool_call_response') {
    return { type, id, response: part.response ?? part.result ?? null };
  }
  return { type: 'other', content: part };
}

/** Arguments come as an object or as JSON in a string. */
function parsed(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
