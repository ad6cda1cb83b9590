import { Command, isInterrupted } from '@langchain/langgraph';
import OpenAI from 'openai';
import { z } from 'zod';
import { rulesFor } from '../alice-react/prompt.ts';
import { readSettings } from '../alice-react/settings.ts';
import { toolsFor } from '../alice-react/tools.ts';
import { openControl } from '../genai/control.ts';
import { readEnvironment } from '../genai/environment.ts';
import { invokeAgent, type Reply } from '../genai/invoke-agent.ts';
import { startTelemetry as start, type TelemetryOptions } from '../genai/telemetry.ts';
import type { Desk } from './desk.ts';
import { buildGraph, type Checkpoints, openCheckpoints } from './graph.ts';
import { identity } from './identity.ts';
import type { Update } from './state.ts';

export { flush } from '../genai/telemetry.ts';

export const { name, version } = identity;

export function startTelemetry(options?: TelemetryOptions): { shutdown(): Promise<void> } {
  return start(identity, options);
}

const Review = z.object({ ALICE_REVIEW: z.enum(['on', 'off']).default('off') });

const checkpoints = openCheckpoints();

/**
 * Handles one request. Where the workflow waits for its user, what it says is the question, and the next request with the
 * same `conversationId` is the answer: it goes on where it stood.
 *
 * @param environment the variables of ../alice-react/settings.ts, and ALICE_REVIEW
 * @throws where the environment is incomplete, the model cannot be reached, or `signal` is aborted
 */
export async function run(
  request: { message: string; conversationId: string },
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Reply> {
  const { apis, model, userUrl } = readSettings(environment, name);
  const review = readEnvironment(name, Review, environment).ALICE_REVIEW === 'on';
  const conversation = { id: request.conversationId, agent: identity };
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  const all = toolsFor(apis, Number.MAX_SAFE_INTEGER);
  const chat = { openai, tools: [], conversation, signal };
  const people = await openControl({ userUrl, control: null }, conversation, signal);
  const desk: Desk = {
    strong: { ...chat, model: model.name },
    small: { ...chat, model: model.small },
    tools: { tools: all, apis, conversation, signal },
    all,
    rules: rulesFor(apis),
    conversation,
    heard: () => people.take(),
    review,
  };
  return invokeAgent({ conversation, model: model.name, message: request.message }, async () => {
    const said = await goOn(desk, checkpoints, request, signal);
    return { said: [said], finished: true };
  }).finally(() => people.close());
}

/** Runs the workflow to its end, or to where it waits: gives what is to be said to the user. */
async function goOn(
  desk: Desk,
  checkpointer: Checkpoints,
  { message, conversationId }: { message: string; conversationId: string },
  signal: AbortSignal,
): Promise<string> {
  const graph = buildGraph(desk, checkpointer);
  const config = { configurable: { thread_id: conversationId }, signal };
  const { next } = await graph.getState(config);
  const state =
    next.length > 0
      ? await graph.invoke(new Command<string, Update, never>({ resume: message }), config)
      : await graph.invoke({ requests: [message], questions: 0, revisions: 0, interruptions: 0 }, config);
  if (isInterrupted<string>(state)) return state.__interrupt__.map(({ value }) => value ?? '').join('\n');
  return state.say;
}

/** Forgets a conversation that is over. */
export async function endConversation(conversationId: string): Promise<void> {
  await checkpoints.deleteThread(conversationId);
}
