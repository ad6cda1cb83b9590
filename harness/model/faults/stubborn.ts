import { z } from 'zod';
import { JsonObject } from '../../../domain/json.ts';
import type { ChatMessage, Policy } from '../simulated-model.ts';
import { lastCalls } from './conversation.ts';
import { parseJson } from './parse-json.ts';

/** What a tool says that did nothing: it was refused, or never reached. */
const Refusal = z.object({
  error: z.object({
    type: z.string().optional(),
    status: z.number().optional(),
    code: z.string().optional(),
  }),
});
const NOT_DONE = /invalid|unknown|not_found|unprocessable|bad_request/i;

/** Makes its last calls again where one of them was refused for what it was, as if nothing had been said. */
export function stubborn(policy: Policy, probability: number): Policy {
  return (request, random) => {
    const calls = lastCalls(request.messages) ?? [];
    const refused = calls.some(({ id }) => wasRefused(request.messages, id));
    if (!refused || random() >= probability) return policy(request, random);
    return {
      calls: calls.map(({ function: { name, arguments: text } }) => ({
        tool: name,
        arguments: JsonObject.catch({}).parse(parseJson(text)),
      })),
    };
  };
}

/** A failure after which the call may have worked all the same is none. */
function wasRefused(messages: readonly ChatMessage[], id: string): boolean {
  const result = messages.findLast(({ tool_call_id }) => tool_call_id === id)?.content ?? '';
  const read = Refusal.safeParse(parseJson(result));
  if (!read.success) return false;
  const { status, type = '', code = '' } = read.data.error;
  if (status !== undefined) return status >= 400 && status < 500 && status !== 429;
  return NOT_DONE.test(type) || NOT_DONE.test(code);
}
