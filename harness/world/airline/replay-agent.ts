import { propagation, SpanKind } from '@opentelemetry/api';
import type { ScenarioId } from '../../../domain/ids.ts';
import type { Agent, AgentResult } from '../../drivers/agent.ts';
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
  /** Sends out the spans that are still buffered; whoever set up the tracer provider knows how. */
  flush(): Promise<void>;
};

/** The agent of one trial. */
export type ReplayAgents = (trial: { scenarioId: ScenarioId; index: number }) => Agent;

/**
 * Agents that play recordings back: each call goes to the world of the trial again, each message is said again, whatever
 * the world answers this time. `replayAgents(recordings, deps)({ scenarioId, index })` throws where nothing was recorded.
 */
export function replayAgents(recordings: readonly Recording[], deps: ReplayDeps): ReplayAgents {
  const byTrial = new Map(recordings.map((recording) => [trialKey(recording), recording]));
  return (trial) => {
    const recording = byTrial.get(trialKey(trial));
    if (!recording) throw new Error(`expected a recording of ${trialKey(trial)}, there is none`);
    return {
      name: REPLAYED_AGENT,
      version: 'recorded',
      run: (request, environment, signal) =>
        replay(recording, request.conversationId, environment.AIRLINE_URL ?? '', signal),
      flush: deps.flush,
    };
  };
}

/** `tau-airline/task-07#1` */
export function trialKey({ scenarioId, index }: { scenarioId: ScenarioId; index: number }): string {
  return `${scenarioId}#${index}`;
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
