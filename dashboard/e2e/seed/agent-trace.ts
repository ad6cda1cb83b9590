import type { Attributes, SentSpan } from '../../../cli/seed/otlp-request.ts';
import type { TraceId, TrialId } from '../../../domain/ids.ts';
import { spanIdOf } from './ids.ts';

export type ToolStep = {
  tool: string;
  arguments: unknown;
  result: unknown;
  error?: { type: string; message: string };
};

export type AgentTrace = {
  traceId: TraceId;
  /** Epoch microseconds. */
  start: number;
  /** Present on the traces of a rehearsal. */
  rehearsal?: { runId: string; trialId: TrialId; scenarioId: string };
  model: string;
  /** What the agent is told, and what it says at the end. */
  asked: string;
  answered: string;
  steps: readonly ToolStep[];
};

const modelCallMicros = 640_000;
const toolCallMicros = 85_000;
const gapMicros = 4000;

/** The spans of an agent that calls its model, then a tool, and so on until it answers: OpenTelemetry's GenAI names. */
export function agentSpans({
  traceId,
  start,
  rehearsal,
  model,
  asked,
  answered,
  steps,
}: AgentTrace): SentSpan[] {
  const common: Attributes = rehearsal
    ? {
        'rehearse.run.id': rehearsal.runId,
        'rehearse.trial.id': rehearsal.trialId,
        'rehearse.scenario.id': rehearsal.scenarioId,
      }
    : {};
  const rootId = spanIdOf(traceId, 'agent');
  const messages: unknown[] = [{ role: 'user', parts: [{ type: 'text', content: asked }] }];
  const spans: SentSpan[] = [];
  let at = start + gapMicros;

  const callModel = (turn: number, output: unknown) => {
    spans.push({
      traceId,
      spanId: spanIdOf(traceId, 'llm', turn),
      parentSpanId: rootId,
      name: `chat ${model}`,
      start: at,
      duration: modelCallMicros,
      attributes: {
        ...common,
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': model,
        'gen_ai.response.model': model,
        'gen_ai.usage.input_tokens': 420 + 180 * turn,
        'gen_ai.usage.cache_read.input_tokens': 120 * turn,
        'gen_ai.usage.output_tokens': 48 + 7 * turn,
        'gen_ai.system_instructions': JSON.stringify([
          { type: 'text', content: 'You book demos for Acme. Never write to people who opted out.' },
        ]),
        'gen_ai.input.messages': JSON.stringify(messages),
        'gen_ai.output.messages': JSON.stringify([output]),
      },
    });
    messages.push(output);
    at += modelCallMicros + gapMicros;
  };

  for (const [index, step] of steps.entries()) {
    const id = `call_${index + 1}`;
    callModel(index, {
      role: 'assistant',
      parts: [{ type: 'tool_call', id, name: step.tool, arguments: step.arguments }],
      finish_reason: 'tool_call',
    });
    spans.push({
      traceId,
      spanId: toolSpanId(traceId, index),
      parentSpanId: rootId,
      name: `execute_tool ${step.tool}`,
      start: at,
      duration: toolCallMicros,
      attributes: {
        ...common,
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': step.tool,
        'gen_ai.tool.call.id': id,
        'gen_ai.tool.call.arguments': JSON.stringify(step.arguments),
        'gen_ai.tool.call.result': JSON.stringify(step.result),
      },
      ...(step.error && {
        error: step.error,
        events: [
          {
            name: 'exception',
            at: at + toolCallMicros,
            attributes: { 'exception.type': step.error.type, 'exception.message': step.error.message },
          },
        ],
      }),
    });
    messages.push({ role: 'tool', parts: [{ type: 'tool_call_response', id, response: step.result }] });
    at += toolCallMicros + gapMicros;
  }
  callModel(steps.length, {
    role: 'assistant',
    parts: [{ type: 'text', content: answered }],
    finish_reason: 'stop',
  });

  const root: SentSpan = {
    traceId,
    spanId: rootId,
    name: 'invoke_agent alice',
    start,
    duration: at - start,
    attributes: { ...common, 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'alice' },
    events: [
      {
        name: 'gen_ai.evaluation.result',
        at,
        attributes: {
          'gen_ai.evaluation.name': 'Helpful',
          'gen_ai.evaluation.score.value': 0.25,
          'gen_ai.evaluation.score.label': 'hardly',
          'gen_ai.evaluation.explanation': 'It answers another question <img src=x>.',
        },
      },
    ],
  };
  return [root, ...spans];
}

/** The span of the tool call with this index. */
export function toolSpanId(traceId: TraceId, index: number) {
  return spanIdOf(traceId, 'tool', index);
}
