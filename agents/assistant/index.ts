import OpenAI from 'openai';
import { openAnswerCache } from '../genai/answer-cache.ts';
import { openControl } from '../genai/control.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { createMemory } from '../genai/memory.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { attend } from './front-desk.ts';
import { identity } from './identity.ts';
import { readSettings } from './settings.ts';
import { DYNAMIC, TEMPLATES } from './templates.ts';
import { openUserLine } from './user-line.ts';
import { keyOf } from './worker.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

const memory = createMemory();

/**
 * Handles one message of the user; a further one with the same `conversationId` goes on where the last ended.
 *
 * @param environment the variables of settings.ts: base URLs of the APIs and of the models
 * @throws where the environment is incomplete, a model or the user's line cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const settings = readSettings(environment);
  const over = new AbortController();
  const conversation = { id: request.conversationId, agent: identity };
  const people = await openControl(settings.people, conversation, signal);
  const office = {
    settings,
    openai: new OpenAI(settings.openai),
    cache: settings.cacheFolder === null ? undefined : openAnswerCache(settings.cacheFolder),
    conversationId: request.conversationId,
    memory,
    version,
    line: openUserLine(people),
    signal: AbortSignal.any([signal, over.signal]),
  };
  try {
    const messages = [...memory.of(request.conversationId)];
    const reply = await attend(office, messages, request.message);
    memory.keep(request.conversationId, messages);
    return reply;
  } finally {
    // Where one task failed, the others end with it.
    over.abort(new Error('the request is over'));
    people.close();
  }
}

/** Forgets a conversation that is over. */
export function endConversation(conversationId: string): void {
  memory.forget(conversationId);
  for (const worker of [...TEMPLATES.map((template) => template.name), DYNAMIC])
    memory.forget(keyOf(conversationId, worker));
}
