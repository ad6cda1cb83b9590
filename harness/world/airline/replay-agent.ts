import { propagation, SpanKind } from '@opentelemetry/api';
import type { RunId } from '../../../domain/ids.ts';
import type { Agent, AgentResult } from '../../drivers/agent.ts';
import { trialIdOf } from '../../runner/trial-plan.ts';
import { type RecordedCall, type Recording, stepsOf } from './recording.ts';
import { toolRequest } from './reference.ts';
import {
  agentAttributes,
  chatSpans,
  inSpan,
  markFailed,
  REPLAYED_AGENT,
  toolAttributes,
} from './replay-spans.ts';

export type ReplayDeps = {
  /** The run whose trials are played; with a trial's place in it, it makes the trial's id. */
  runId: RunId;
  /** Sends out the spans that are still buffered; whoever set up the tracer provider knows how. */
  flush(): Promise<void>;
};

/**
 * An agent that plays recordings back: each call goes to the world of the trial again, each message is said again,
 * whatever the world answers this time. The conversation of a trial has the trial's id, by which the recording of the
 * same scenario and index is found; a trial without one crashes, saying so.
 */
export function replayAgent(recordings: readonly Recording[], deps: ReplayDeps): Agent {
  const byConversation = new Map<string, Recording>(
    recordings.map((recording) => [trialIdOf(deps.runId, recording.scenarioId, recording.index), recording]),
  );
  return {
    name: REPLAYED_AGENT,
    version: 'recorded',
    async run({ conversationId }, environment, signal) {
      const recording = byConversation.get(conversationId);
      if (!recording) throw new Error(`expected a recording of the trial ${conversationId}, there is none`);
      return replay(recording, conversationId, environment.AIRLINE_URL ?? '', signal);
    },
    flush: deps.flush,
  };
}

function replay(
  recording: Recording,
  conversationId: string,
  airlineUrl: string,
  signal: AbortSignal,
): Promise<AgentResult> {
  const chat = chatSpans(conversationId, recording.messages);
  const attributes = agentAttributes(conversationId);
  return inSpan(`invoke_agent ${REPLAYED_AGENT}`, SpanKind.INTERNAL, attributes, async () => {
    const said: string[] = [];
    for (const step of stepsOf(recording)) {
      signal.throwIfAborted();
      await chat(step.place);
      if (step.does === 'say') said.push(step.text);
      else await callAgain(step.call, conversationId, airlineUrl, signal);
    }
    return { said, finished: recording.finished };
  });
}

/** Makes a recorded call again; the span shows a refusal of the tool, and an output that is not the recorded one. */
function callAgain(call: RecordedCall, conversationId: string, airlineUrl: string, signal: AbortSignal) {
  const attributes = toolAttributes(conversationId, call);
  return inSpan(`execute_tool ${call.tool}`, SpanKind.INTERNAL, attributes, async (span, active) => {
    const headers: Record<string, string> = {};
    propagation.inject(active, headers);
    const response = await fetch(toolRequest(airlineUrl, call.tool, call.arguments, headers), { signal });
    const output: unknown = await response.json();
    if (!response.ok || typeof output !== 'string') {
      throw new Error(`expected an output of ${call.tool}, got ${response.status} ${JSON.stringify(output)}`);
    }
    span.setAttribute('gen_ai.tool.call.result', output);
    if (output !== call.output) markFailed(span, 'output_differs', `the recorded output was ${call.output}`);
    else if (output.startsWith('Error')) markFailed(span, 'tool_error', output);
  });
}
