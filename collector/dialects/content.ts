import type { Json } from '../../domain/json.ts';
import type { Message } from '../../domain/message.ts';
import { type AnyValue, attributeMap, type KeyValue, plainJson } from '../otlp/any-value.ts';
import { readInstructions, readMessages } from './messages.ts';

/** What was said and done in a span; `null` is content that was not captured. */
export type Content = {
  inputMessages: Message[] | null;
  outputMessages: Message[] | null;
  systemInstructions: string | null;
  toolArguments: Json;
  toolResult: Json;
};

/**
 * The text of a span, from its attributes or else from its events: emitters put the same keys on either. Made at read
 * time, so that a better reader improves old spans too.
 */
export function contentOf(
  attributes: readonly KeyValue[],
  events: readonly { attributes: KeyValue[] }[],
): Content {
  const sources = [attributes, ...events.map((event) => event.attributes)].map(attributeMap);
  const find = (key: string): Json => {
    const value = sources.find((source) => source.has(key))?.get(key);
    return value === undefined ? null : embedded(value);
  };
  return {
    inputMessages: readMessages(find('gen_ai.input.messages'), 'user'),
    outputMessages: readMessages(find('gen_ai.output.messages'), 'assistant'),
    systemInstructions: readInstructions(find('gen_ai.system_instructions')),
    toolArguments: find('gen_ai.tool.call.arguments'),
    toolResult: find('gen_ai.tool.call.result'),
  };
}

/** Structured values are often sent as JSON in a string; a string that is not JSON stays what it is. */
function embedded(value: AnyValue): Json {
  const plain = plainJson(value);
  if (typeof plain !== 'string' || !/^\s*[[{"]/.test(plain)) return plain;
  try {
    return JSON.parse(plain) as Json;
  } catch {
    return plain;
  }
}
