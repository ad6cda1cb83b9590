import OpenAI from 'openai';
import { type Reply, runReactLoop } from '../genai/react-loop.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { identity } from './identity.ts';
import { SYSTEM_PROMPT } from './prompt.ts';
import { readSettings } from './settings.ts';
import { toolsFor } from './tools.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Handles one request from beginning to end.
 *
 * @param environment the variables of settings.ts: base URLs of the APIs and of the model
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { apis, model, recursionLimit, mostTools } = readSettings(environment);
  const tools = toolsFor(apis, mostTools);
  const conversation = { id: request.conversationId, agent: identity };
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  return runReactLoop(
    {
      chat: { openai, model: model.name, tools, conversation, signal },
      tools: { tools, apis, conversation, signal },
      systemPrompt: SYSTEM_PROMPT,
      recursionLimit,
    },
    request.message,
  );
}
