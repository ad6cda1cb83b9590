import type { Json, JsonObject } from '../../domain/json.ts';
import type { MessagePart } from '../../domain/message.ts';
import { embeddedJson, isObject } from './embedded-json.ts';

/**
 * One part of a message out of the shapes of the conventions, OpenAI, Anthropic, Gemini, Bedrock, LangChain and the AI
 * SDK. What is not understood is a part `other`, kept as it came.
 */
export function readPart(part: Json): MessagePart {
  if (typeof part === 'string') return { type: 'text', content: part };
  if (!isObject(part)) return { type: 'other', content: part };
  const wrapped = WRAPPINGS.map((key) => part[key]).find(isObject);
  if (wrapped) return readPart(wrapped);
  return textPart(part) ?? toolCallPart(part) ?? toolResponsePart(part) ?? { type: 'other', content: part };
}

/** OpenInference wraps what its indexed keys spell out, a name a list. */
const WRAPPINGS = ['message_content', 'prompt', 'completion', 'embedding', 'document'];

const TEXT_TYPES = new Set(['text', 'input_text', 'output_text', 'refusal']);
const REASONING_TYPES = new Set(['reasoning', 'thinking', 'summary_text']);

function textPart(part: JsonObject): MessagePart | null {
  const { type } = part;
  const content = [part.content, part.text, part.thinking, part.refusal].find(
    (text) => typeof text === 'string',
  );
  if (content === undefined) return null;
  if (typeof type === 'string' && TEXT_TYPES.has(type)) return { type: 'text', content };
  if (typeof type === 'string' && REASONING_TYPES.has(type)) return { type: 'reasoning', content };
  // Gemini and Bedrock write `{text}` without a type.
  return type === undefined && typeof part.text === 'string' ? { type: 'text', content } : null;
}

const CALL_TYPES = new Set(['tool_call', 'tool-call', 'tool_use', 'function_call', 'function']);

function toolCallPart(part: JsonObject): MessagePart | null {
  const wrapped = [part.tool_call, part.toolUse, part.functionCall, part.function_call].find(isObject);
  if (wrapped) return toolCall(wrapped, part);
  const { type } = part;
  if (typeof type === 'string') return CALL_TYPES.has(type) ? toolCall(part, part) : null;
  // Calls in a list of calls need no type.
  return isObject(part.function) || hasArguments(part) ? toolCall(part, part) : null;
}

function hasArguments(part: JsonObject): boolean {
  return toolName(part) !== null && ['arguments', 'args', 'input'].some((key) => part[key] !== undefined);
}

function toolCall(call: JsonObject, outer: JsonObject): MessagePart | null {
  const called = isObject(call.function) ? call.function : call;
  const name = toolName(called);
  if (name === null) return null;
  const given = called.arguments ?? called.args ?? called.input ?? null;
  return { type: 'tool_call', id: callId(call) ?? callId(outer), name, arguments: embeddedJson(given) };
}

const RESPONSE_TYPES = new Set([
  'tool_call_response',
  'tool-result',
  'tool_result',
  'function_call_output',
  'function_response',
]);

function toolResponsePart(part: JsonObject): MessagePart | null {
  const wrapped = [part.toolResult, part.functionResponse].find(isObject);
  const response = wrapped ?? part;
  if (!wrapped && !(typeof part.type === 'string' && RESPONSE_TYPES.has(part.type))) return null;
  return toolResponse(callId(response), firstOf(response, ['response', 'result', 'output', 'content']));
}

/** A tool's answer, which often is JSON in a text or in a single block of text. */
export function toolResponse(id: string | null, value: Json): MessagePart {
  const [only, ...more] = Array.isArray(value) ? value.map(readPart) : [];
  const said = only?.type === 'text' && more.length === 0 ? only.content : value;
  const unwrapped = isObject(said) && Object.keys(said).join() === 'type,value' ? (said.value ?? null) : said;
  return { type: 'tool_call_response', id, response: embeddedJson(unwrapped) };
}

/** The id by which a call and its answer know each other. */
export function callId(part: JsonObject): string | null {
  const keys = ['call_id', 'tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'id'];
  const id = keys.map((key) => part[key]).find((candidate) => typeof candidate === 'string');
  return id ?? null;
}

function toolName(part: JsonObject): string | null {
  const name = part.name ?? part.toolName;
  return typeof name === 'string' ? name : null;
}

function firstOf(object: JsonObject, keys: readonly string[]): Json {
  return keys.map((key) => object[key]).find((value) => value !== undefined) ?? null;
}
