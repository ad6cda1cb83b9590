import { z } from 'zod';
import { type ChatDeps, chat } from '../genai/chat.ts';
import { parseJson } from '../genai/json.ts';

const PROMPT = `You read requests for Alice's campaign tool. It sends the mails of a fixed sequence to contacts of the CRM, and can do nothing else. Answer with JSON alone: {"kind": "campaign", "audience": ["what to search the CRM for", ...]} where the request is to write to somebody, one entry a person; {"kind": "other"} for anything else, such as a reply that came in.`;

const Audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('campaign'), audience: z.array(z.string().min(1)).min(1) }),
  z.object({ kind: z.literal('other') }),
]);
export type Audience = z.infer<typeof Audience>;

/** Reads from a request whom to write to, by one call of the model. What is not understood is not for this tool. */
export async function readAudience(deps: ChatDeps, request: string): Promise<Audience> {
  const { message } = await chat(deps, PROMPT, [{ role: 'user', content: request }]);
  const text = (message.content ?? '').replace(/^```(?:json)?|```$/gm, '');
  return Audience.catch({ kind: 'other' }).parse(parseJson(text.trim()));
}
