import OpenAI from 'openai';
import { readSettings } from '../alice-react/settings.ts';
import type { Reply } from '../genai/react-loop.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { newMemory, runTeam, type TeamMemory } from './team.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Handles one request from beginning to end.
 *
 * @param environment the variables of ../alice-react/settings.ts: base URLs of the APIs and of the models
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const settings = readSettings(environment, name);
  const openai = new OpenAI({ apiKey: settings.model.apiKey, baseURL: settings.model.baseUrl });
  const memory: TeamMemory = newMemory();
  const deps = { settings, openai, conversationId: request.conversationId, identity, signal };
  return runTeam(deps, memory, request.message);
}
