import OpenAI from 'openai';
import { readSettings } from '../alice-react/settings.ts';
import { openControl } from '../genai/control.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { createMemory } from '../genai/memory.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { type Desk, newDesk, runTeam } from './team.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/** What the supervisor said and heard, and what lies on the team's desk, of each conversation. */
const memory = createMemory();
const desks = new Map<string, Desk>();

/**
 * Handles one request from beginning to end; a further one with the same `conversationId` goes on where the last ended.
 *
 * @param environment the variables of ../alice-react/settings.ts: base URLs of the APIs and of the models
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { message, conversationId } = request;
  const settings = readSettings(environment, name);
  const openai = new OpenAI({ apiKey: settings.model.apiKey, baseURL: settings.model.baseUrl });
  const earlier = memory.of(conversationId);
  const desk = (earlier.length > 0 && desks.get(conversationId)) || newDesk();
  desks.set(conversationId, desk);
  const { userUrl } = settings;
  const conversation = { id: conversationId, agent: identity };
  const people = await openControl({ userUrl, control: null }, conversation, signal);
  try {
    return await runTeam(
      { settings, openai, conversationId, identity, signal, heard: people.take },
      { desk, earlier, keep: (messages) => memory.keep(conversationId, messages) },
      message,
    );
  } finally {
    people.close();
  }
}

/** Forgets a conversation that is over. */
export function endConversation(conversationId: string): void {
  memory.forget(conversationId);
  desks.delete(conversationId);
}
