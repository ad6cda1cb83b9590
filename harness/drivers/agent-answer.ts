import { z } from 'zod';

/** What an agent answers, in any language: what it told the user, and whether it ended by itself. */
export const AgentAnswer = z.object({ said: z.array(z.string()), finished: z.boolean() });
export type AgentAnswer = z.infer<typeof AgentAnswer>;

/** Bytes that an agent outside this process may answer a message with. */
export const mostAnswerBytes = 4 * 2 ** 20;

/** What is wrong with an answer, in a line. */
export function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
}

/** The beginning of a text in quotes, for a message. */
export function quote(text: string, most = 200): string {
  return JSON.stringify(text.length > most ? `${text.slice(0, most)}...` : text);
}
