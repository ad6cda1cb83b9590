import OpenAI from 'openai';
import { readSettings } from '../alice-react/settings.ts';
import { toolsFor } from '../alice-react/tools.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import { readAudience } from './audience.ts';
import { runCampaign } from './campaign.ts';
import { identity } from './identity.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

/**
 * Handles one request: reads whom it is about, and runs the sequence for them.
 *
 * @param environment the variables of ../alice-react/settings.ts: base URLs of the APIs and of the model
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { apis, model } = readSettings(environment, name);
  const conversation = { id: request.conversationId, agent: identity };
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  return invokeAgent({ conversation, model: model.small, message: request.message }, async () => {
    const chat = { openai, model: model.small, tools: [], conversation, signal };
    const read = await readAudience(chat, request.message);
    const tools = { tools: toolsFor(apis, Number.MAX_SAFE_INTEGER), apis, conversation, signal };
    const text =
      read.kind === 'campaign'
        ? (await runCampaign(tools, read.audience)).join(' ')
        : 'This tool sends campaigns and answers nothing. I hand this over to a person.';
    return { said: [text], finished: true };
  });
}
