import OpenAI from 'openai';
import { TOOLS } from '../assistant/tools.ts';
import type { Reply } from '../genai/invoke-agent.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { readSettings } from './settings.ts';
import { runTaskLoop } from './task-loop.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Pursues the request as a goal, with all tools of the assistant at once.
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
  const deps = {
    settings,
    openai: new OpenAI(settings.openai),
    tools: Object.values(TOOLS),
    conversation: { id: request.conversationId, agent: identity },
    signal,
  };
  return runTaskLoop(deps, request.message);
}
