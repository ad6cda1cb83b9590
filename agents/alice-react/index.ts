import OpenAI from 'openai';
import { type Reply, runReactLoop } from './react-loop.ts';
import { readSettings } from './settings.ts';
import { TOOLS } from './tools.ts';

export { name, version } from './identity.ts';
export { flush, startTelemetry } from './telemetry.ts';

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
  const settings = readSettings(environment);
  const conversation = { id: request.conversationId };
  return runReactLoop(
    {
      chat: {
        openai: new OpenAI({ apiKey: settings.model.apiKey, baseURL: settings.model.baseUrl }),
        model: settings.model.name,
        tools: TOOLS.map(({ name, description, parameters }) => ({
          type: 'function',
          function: { name, description, parameters },
        })),
        conversation,
        signal,
      },
      tools: { tools: TOOLS, apis: settings.apis, conversation, signal },
      recursionLimit: settings.recursionLimit,
    },
    request.message,
  );
}
