import OpenAI from 'openai';
import { openControl } from '../genai/control.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { ACTIONS } from './actions.ts';
import { review } from './critic.ts';
import { identity } from './identity.ts';
import { browse } from './loop.ts';
import { systemPrompt } from './prompt.ts';
import { createSessions } from './session.ts';
import { readSettings } from './settings.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

const sessions = createSessions();

/**
 * Handles one message of a user; further messages under the same `conversationId` go on where it was left.
 *
 * @param environment the variables of settings.ts
 * @throws where the environment is incomplete, the model or the user cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { sites, grants, model, criticModel, stepLimit, people: where } = readSettings(environment);
  const conversation = { id: request.conversationId, agent: identity };
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  const critic = { openai, conversationId: request.conversationId, signal };
  const people = await openControl(where, conversation, signal);
  try {
    return await browse(
      {
        chat: { openai, model: model.name, tools: ACTIONS, conversation, signal },
        step: {
          sites,
          conversation,
          review:
            criticModel === null ? null : (proposal) => review({ ...critic, model: criticModel }, proposal),
          signal,
        },
        systemPrompt: systemPrompt(sites),
        stepLimit,
        people,
      },
      sessions.of(request.conversationId, grants),
      request.message,
    );
  } finally {
    people.close();
  }
}

/** Forgets a conversation that is over. */
export function endConversation(conversationId: string): void {
  sessions.forget(conversationId);
}
