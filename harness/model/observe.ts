import { z } from 'zod';
import { type Json, JsonObject } from '../../domain/json.ts';
import { parseJson } from './faults/parse-json.ts';
import type { ChatMessage } from './simulated-model.ts';

/** What a failed tool says of itself. Without a status no answer came. */
const Failure = z.object({ error: z.object({ status: z.number().optional(), message: z.string() }) });

/** A tool call of a conversation and what came back. */
export type Observation = {
  tool: string;
  arguments: JsonObject;
  result: Json;
  failure: { status: number | null; message: string } | null;
};

/** The tool calls whose results are in, in the order of the calls. */
export function observe(messages: readonly ChatMessage[]): Observation[] {
  const results = new Map(messages.map((message) => [message.tool_call_id, message.content]));
  return messages
    .flatMap((message) => message.tool_calls ?? [])
    .flatMap(({ id, function: { name, arguments: text } }) => {
      const content = results.get(id);
      if (content === undefined) return [];
      const result = parseJson(content ?? '');
      const failed = Failure.safeParse(result);
      const failure = failed.success
        ? { status: failed.data.error.status ?? null, message: failed.data.error.message }
        : null;
      return [{ tool: name, arguments: JsonObject.catch({}).parse(parseJson(text)), result, failure }];
    });
}

/** What people said to the assistant, in order. */
export function requestsIn(messages: readonly ChatMessage[]): string[] {
  return messages.flatMap(({ role, content }) => (role === 'user' ? [content ?? ''] : []));
}
