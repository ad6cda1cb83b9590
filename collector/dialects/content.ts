import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';
import { type AnyValue, attributeMap, type KeyValue, plainJson } from '../otlp/any-value.ts';
import { attributeReader } from './attribute-reader.ts';
import { classify } from './classify.ts';
import { CONTENT_FIELDS } from './content-fields.ts';
import { embeddedJson, isObject } from './embedded-json.ts';
import { FIELDS, type Field } from './fields.ts';
import { indexedList } from './indexed-keys.ts';
import {
  type ContentEvent,
  listedEvents,
  messagesOfEvents,
  type NamedEvent,
  namedEvent,
  toolCallOfEvents,
} from './message-events.ts';
import { readInstructions, readMessages } from './messages.ts';
import { toolArgumentsOf, toolDefinitionsOf, toolResultOf } from './tool-content.ts';

/** What was said and done in a span; `null` is content that was not captured. */
export type Content = {
  inputMessages: Message[] | null;
  outputMessages: Message[] | null;
  systemInstructions: string | null;
  toolArguments: Json;
  toolResult: Json;
  /** As the emitter describes them: an array of schemas or of names. */
  toolDefinitions: Json;
};

const readFields = attributeReader<Field>(FIELDS);

/**
 * The text of a span in one shape, whatever its dialect, from its attributes, its events and the log records that name
 * it. Records may be missing or come late: what is there is read, an attribute before an event before a log record.
 *
 * @param events of the span first, then log records, both in the order of their time.
 */
export function contentOf(attributes: readonly KeyValue[], events: readonly ContentEvent[]): Content {
  const own = attributeMap(attributes);
  const named = [...events.map(namedEvent), ...listedEvents(findContent(CONTENT_FIELDS.events, own, []))];
  const find = (keys: readonly string[]) => findContent(keys, own, named);
  const request = embeddedJson(find(CONTENT_FIELDS.request));
  const body = isObject(request) ? request : {};
  const definitions = find(CONTENT_FIELDS.toolDefinitions) ?? body.tools ?? null;
  const instructions = find(CONTENT_FIELDS.systemInstructions) ?? body.system ?? body.instructions ?? null;
  const shared = {
    systemInstructions: readInstructions(instructions),
    toolDefinitions: toolDefinitionsOf(definitions),
  };
  if (isTool(attributes)) {
    const told = toolCallOfEvents(named);
    return {
      ...shared,
      inputMessages: readMessages(find(['gen_ai.input.messages']), 'user'),
      outputMessages: readMessages(find(['gen_ai.output.messages']), 'assistant'),
      toolArguments: toolArgumentsOf(find(CONTENT_FIELDS.toolArguments)) ?? told.arguments,
      toolResult: toolResultOf(find(CONTENT_FIELDS.toolResult)) ?? told.result,
    };
  }
  const told = messagesOfEvents(named);
  return {
    ...shared,
    inputMessages:
      readMessages(find(['gen_ai.input.messages']), 'user') ??
      filled(told.input) ??
      readMessages(toolArgumentsOf(find(CONTENT_FIELDS.inputMessages)), 'user'),
    outputMessages:
      readMessages(find(['gen_ai.output.messages']), 'assistant') ??
      filled(told.output) ??
      answerOf(find) ??
      readMessages(find(CONTENT_FIELDS.outputMessages), 'assistant'),
    toolArguments: find(['gen_ai.tool.call.arguments']),
    toolResult: find(['gen_ai.tool.call.result']),
  };
}

/** By its attributes alone, which is all that is stored of some spans. */
function isTool(attributes: readonly KeyValue[]): boolean {
  const span = {
    name: '',
    root: false,
    otelKind: 0,
    statusCode: 0,
    startMs: 0,
    exceptionType: null,
    scopeName: '',
  };
  return classify(readFields(attributes), span, null).kind === 'tool';
}

type Find = (keys: readonly string[]) => Json;

/** The value of the first key that is there: among the attributes, then among the fields of the events. */
function findContent(
  keys: readonly string[],
  attributes: ReadonlyMap<string, AnyValue>,
  events: readonly NamedEvent[],
): Json {
  for (const key of keys) {
    const value = key.endsWith('.') ? indexedList(attributes, key) : plainAttribute(attributes, key);
    if (value !== null && value !== '') return embeddedJson(value);
    const event = events.find(({ fields }) => fields[key] !== undefined);
    if (event) return embeddedJson(event.fields[key] ?? null);
  }
  return null;
}

function plainAttribute(attributes: ReadonlyMap<string, AnyValue>, key: string): Json {
  const value = attributes.get(key);
  return value === undefined ? null : plainJson(value);
}

/** The AI SDK's answer in one message. */
function answerOf(find: Find): Message[] | null {
  const text = find(CONTENT_FIELDS.answerText);
  const reasoning = find(CONTENT_FIELDS.answerReasoning);
  const calls = find(CONTENT_FIELDS.answerToolCalls);
  if (text === null && !Array.isArray(calls)) return null;
  const message: JsonObject = { role: 'assistant', content: text };
  if (typeof reasoning === 'string') message.reasoning_content = reasoning;
  if (Array.isArray(calls)) message.tool_calls = calls;
  return readMessages([message], 'assistant');
}

function filled<T extends MessagePart | Message>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}
