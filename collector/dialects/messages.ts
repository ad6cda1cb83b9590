import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';
import { embeddedJson, isObject } from './embedded-json.ts';
import { callId, readPart, toolResponse } from './message-parts.ts';

/**
 * Messages in the shape of the GenAI conventions, `[{role, parts: [...]}]`, out of what emitters send: messages of any
 * provider, LangChain's envelopes, the body of a whole request or response, plain text. Nothing is dropped: what is not
 * understood is a part `other`.
 *
 * @param role of a message that names none.
 */
export function readMessages(value: Json, role: string): Message[] | null {
  if (value === null) return null;
  return messageList(value).map((message) => readMessage(message, role));
}

/** Instructions are plain text, an array of parts, or one message. */
export function readInstructions(value: Json): string | null {
  if (value === null || typeof value === 'string') return value;
  const said = isObject(value) && value.content !== undefined ? (value.content ?? null) : value;
  const parts = Array.isArray(said) ? said.map(readPart) : [readPart(said)];
  return parts.map((part) => (part.type === 'text' ? part.content : JSON.stringify(part))).join('\n');
}

/** Where a request or a response keeps its messages. */
const LISTS = ['messages', 'contents', 'choices', 'generations', 'candidates', 'input', 'output'];

function messageList(value: Json): Json[] {
  // LangChain batches: a list of lists.
  if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? item : [item]));
  if (!isObject(value) || isMessage(value)) return [value];
  for (const key of LISTS) {
    const list = embeddedJson(value[key] ?? null);
    if (Array.isArray(list)) return messageList(list);
    if (isObject(list) && isMessage(list)) return [list];
    if (typeof list === 'string' && Object.keys(value).length === 1) return [list];
  }
  return typeof value.prompt === 'string' ? [value.prompt] : [value];
}

function isMessage(value: JsonObject): boolean {
  return value.role !== undefined || value.parts !== undefined || isEnvelope(value);
}

/** LangChain's serialised objects: `{lc, type: 'constructor', id: [..., 'AIMessage'], kwargs}`. */
function isEnvelope(value: JsonObject): boolean {
  return value.lc !== undefined && isObject(value.kwargs);
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['function', 'tool'],
  ['HumanMessage', 'user'],
  ['HumanMessageChunk', 'user'],
  ['AIMessage', 'assistant'],
  ['AIMessageChunk', 'assistant'],
  ['SystemMessage', 'system'],
  ['ToolMessage', 'tool'],
]);

function readMessage(value: Json, defaultRole: string): Message {
  if (!isObject(value)) return { role: defaultRole, parts: [readPart(value)] };
  // A choice of OpenAI's, a generation of LangChain's, an entry of OpenInference's list.
  if (isObject(value.message)) return readMessage(value.message, defaultRole);
  // A candidate of Gemini's.
  if (isObject(value.content) && isMessage(value.content)) return readMessage(value.content, defaultRole);
  if (isEnvelope(value)) {
    const className = Array.isArray(value.id) ? value.id.at(-1) : null;
    return readMessage({ role: className ?? defaultRole, ...(value.kwargs as JsonObject) }, defaultRole);
  }
  const parts = Array.isArray(value.parts) ? value.parts.map(readPart) : contentParts(value);
  const role = roleOf(value, parts) ?? defaultRole;
  return { role, parts };
}

/** What the message says, or else what kind of item it is: OpenAI's responses list calls and answers beside messages. */
function roleOf(message: JsonObject, parts: readonly MessagePart[]): string | null {
  const { role } = message;
  if (typeof role === 'string') return ROLES.get(role) ?? role;
  const [first] = parts;
  if (first?.type === 'tool_call' || first?.type === 'reasoning') return 'assistant';
  return first?.type === 'tool_call_response' ? 'tool' : null;
}

function contentParts(message: JsonObject): MessagePart[] {
  const content = listedParts(message.content ?? message.contents ?? null);
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.map(readPart) : [];
  const { reasoning_content: reasoning } = message;
  if (message.type !== undefined && message.role === undefined) return [readPart(message)];
  const said =
    answerOfTool(message) ??
    (Array.isArray(content) ? content.map(readPart) : [content].filter(isSaid).map(readPart));
  const parts: MessagePart[] = [
    ...(typeof reasoning === 'string' ? [{ type: 'reasoning', content: reasoning } as const] : []),
    ...said,
    ...calls,
  ];
  return parts.length > 0 || isSilent(message) ? parts : [readPart(message)];
}

/** `{role: 'tool', tool_call_id, content}`: the content is the answer. Others list the answers as parts. */
function answerOfTool(message: JsonObject): MessagePart[] | null {
  const { content = null } = message;
  const role = typeof message.role === 'string' ? (ROLES.get(message.role) ?? message.role) : null;
  if (role !== 'tool' || content === null) return null;
  const listed =
    Array.isArray(content) && content.some((part) => readPart(part).type === 'tool_call_response');
  return listed ? null : [toolResponse(callId(message), content)];
}

/** OpenLLMetry writes a list of parts as JSON. Other JSON in a content is what was said. */
function listedParts(content: Json): Json {
  const isList = typeof content === 'string' && /^\[\s*\{\s*"type":/.test(content);
  return isList ? embeddedJson(content) : content;
}

/** OpenAI leaves the content of an answer that only calls tools null, others leave it empty. */
function isSaid(content: Json): boolean {
  return content !== null && content !== '';
}

/** A message without content and without anything else: its content was not captured. */
function isSilent(message: JsonObject): boolean {
  return (
    'role' in message && Object.keys(message).every((key) => SILENT_KEYS.has(key) || message[key] === null)
  );
}

const SILENT_KEYS = new Set(['role', 'content', 'name', 'id', 'index', 'finish_reason', 'annotations']);
