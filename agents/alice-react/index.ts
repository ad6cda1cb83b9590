import OpenAI from 'openai';
import { openControl } from '../genai/control.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { createMemory } from '../genai/memory.ts';
import { runReactLoop } from '../genai/react-loop.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { systemPrompt } from './prompt.ts';
import { readSettings } from './settings.ts';
import { toolsFor } from './tools.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

const memory = createMemory();

/**
 * Handles one request from beginning to end; a further one with the same `conversationId` goes on where the last ended.
 *
 * @param environment the variables of settings.ts: base URLs of the APIs and of the model
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { apis, model, recursionLimit, mostTools, userUrl } = readSettings(environment);
  const conversation = { id: request.conversationId, agent: identity };
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  const tools = toolsFor(apis, mostTools);
  const people = await openControl({ userUrl, control: null }, conversation, signal);
  try {
    return await runReactLoop(
      {
        chat: { openai, model: model.name, tools, conversation, signal },
        tools: { tools, apis, conversation, signal },
        systemPrompt: systemPrompt(apis),
        recursionLimit,
        news: () => people.take().map((content) => ({ role: 'user', content })),
        keep: (messages) => memory.keep(conversation.id, messages),
      },
      request.message,
      memory.of(conversation.id),
    );
  } finally {
    people.close();
  }
}

/** Forgets a conversation that is over. */
export function endConversation(conversationId: string): void {
  memory.forget(conversationId);
}
