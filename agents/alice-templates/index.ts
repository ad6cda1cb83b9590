import { SpanKind } from '@opentelemetry/api';
import OpenAI from 'openai';
import { readSettings } from '../alice-react/settings.ts';
import { toolsFor } from '../alice-react/tools.ts';
import { spoken } from '../genai/messages.ts';
import type { Reply } from '../genai/react-loop.ts';
import { inSpan } from '../genai/spans.ts';
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
  const span = { title: `invoke_agent ${name}`, kind: SpanKind.INTERNAL, conversation };
  const attributes = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.version': version,
    'gen_ai.request.model': model.small,
    'gen_ai.input.messages': spoken('user', request.message),
  };
  return inSpan(span, attributes, async (active) => {
    const chat = { openai, model: model.small, tools: [], conversation, signal };
    const read = await readAudience(chat, request.message);
    const tools = { tools: toolsFor(apis, Number.MAX_SAFE_INTEGER), apis, conversation, signal };
    const text =
      read.kind === 'campaign'
        ? (await runCampaign(tools, read.audience)).join(' ')
        : 'This tool sends campaigns and answers nothing. I hand this over to a person.';
    active.setAttribute('gen_ai.output.messages', spoken('assistant', text));
    return { said: [text], finished: true };
  });
}
