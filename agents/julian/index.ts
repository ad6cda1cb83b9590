import OpenAI from 'openai';
import type { Reply } from '../genai/invoke-agent.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { readSettings } from './settings.ts';
import { runVoiceLoop } from './voice-loop.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Makes one call and says what came of it.
 *
 * @param environment the variables of settings.ts: base URLs of the APIs and of the model
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const settings = readSettings(environment);
  const conversation = { id: request.conversationId, agent: identity };
  return runVoiceLoop(
    { settings, openai: new OpenAI(settings.openai), conversation, signal },
    request.message,
  );
}
