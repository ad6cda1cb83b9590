import type { Json, JsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/message.ts';
import { type AnyValue, type KeyValue, plainJson, plainObject } from '../otlp/any-value.ts';
import { embeddedJson, isObject } from './embedded-json.ts';
import { readMessages } from './messages.ts';

/** An event of a span, or a log record that names the span: the conventions put content on either. */
export type ContentEvent = {
  /** Empty where an old emitter gives the name as the attribute `event.name`. */
  name: string;
  attributes: readonly KeyValue[];
  /** Of a log record. */
  body?: AnyValue;
};

/** An event with its name found and its fields as plain JSON, those of a log's body among them. */
export type NamedEvent = { name: string; fields: JsonObject };

export function namedEvent({ name, attributes, body }: ContentEvent): NamedEvent {
  const own = plainObject(attributes);
  const said = body === undefined ? null : plainJson(body);
  const fields = { ...own, ...(isObject(said) ? said : said === null ? {} : { content: said }) };
  const given = own['event.name'];
  return { name: name === '' && typeof given === 'string' ? given : name, fields };
}

/** Events that came as a list of objects with their name among their fields (Pydantic AI). */
export function listedEvents(list: Json): NamedEvent[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((fields) => {
    const name = fields['event.name'];
    return typeof name === 'string' ? [{ name, fields }] : [];
  });
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

/** The messages that came one event each, as the conventions had it first: `gen_ai.user.message`, `gen_ai.choice`. */
export function messagesOfEvents(events: readonly NamedEvent[]): { input: Message[]; output: Message[] } {
  const input = events.flatMap(({ name, fields }) => {
    const role = ROLES.get(name);
    return role === undefined ? [] : saidMessages({ role, ...spokenFields(fields) }, role);
  });
  const output = events.flatMap(({ name, fields }) =>
    name === 'gen_ai.choice' ? choiceMessages(fields) : [],
  );
  return { input, output };
}

/** A tool's arguments and result, which Strands sends as the message to it and the choice it made. */
export function toolCallOfEvents(events: readonly NamedEvent[]): { arguments: Json; result: Json } {
  const fieldOf = (name: string, key: string): Json =>
    embeddedJson(events.find((event) => event.name === name)?.fields[key] ?? null);
  return {
    arguments: fieldOf('gen_ai.tool.message', 'content'),
    result: fieldOf('gen_ai.choice', 'message'),
  };
}

/** A log's body holds the message; a span event has it as JSON in the attribute `message`. */
function choiceMessages(fields: JsonObject): Message[] {
  const message = embeddedJson(fields.message ?? fields.content ?? null);
  const said = isObject(message)
    ? { role: 'assistant', ...message }
    : { role: 'assistant', content: message };
  const calls = embeddedJson(fields.tool_calls ?? null);
  return saidMessages({ ...said, ...(Array.isArray(calls) && { tool_calls: calls }) }, 'assistant');
}

/** Events say what was said and much else (the provider, the index): only the former is a message's. */
function spokenFields(fields: JsonObject): JsonObject {
  const spoken = ['role', 'content', 'tool_calls', 'id', 'tool_call_id', 'name'];
  return Object.fromEntries(
    spoken.flatMap((key) => (fields[key] === undefined ? [] : [[key, embeddedJson(fields[key])]])),
  );
}

/** Where content is not captured, empty messages remain: they say nothing. */
function saidMessages(message: JsonObject, role: string): Message[] {
  return (readMessages([message], role) ?? []).filter(({ parts }) => parts.length > 0);
}
