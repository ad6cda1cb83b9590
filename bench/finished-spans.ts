import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { JsonObject } from '../domain/json.ts';
import { SpanDetail } from '../domain/span.ts';

const KINDS: Readonly<Record<string, SpanDetail['kind']>> = {
  invoke_agent: 'agent',
  chat: 'llm',
  execute_tool: 'tool',
};

/** The spans of a trial that an agent of this repository ended in this process, as its scorers read them. */
export function finishedSpans(
  finished: readonly ReadableSpan[],
  trialId: string,
): { spans: SpanDetail[]; complete: boolean } {
  const spans = finished
    .filter(({ attributes }) => attributes['rehearse.trial.id'] === trialId)
    .map(spanDetail);
  return { spans, complete: spans.some(({ parentSpanId }) => parentSpanId === null) };
}

function spanDetail(span: ReadableSpan): SpanDetail {
  const { attributes, status } = span;
  const text = (name: string) => (attributes[name] === undefined ? null : String(attributes[name]));
  const count = (name: string) => Number(attributes[name] ?? 0);
  const operation = text('gen_ai.operation.name');
  const kind = KINDS[operation ?? ''] ?? 'other';
  const start = micros(span.startTime);
  return SpanDetail.parse({
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? null,
    name: span.name,
    kind,
    start,
    duration: micros(span.endTime) - start,
    status: status.code === SpanStatusCode.ERROR ? 'error' : 'ok',
    statusMessage: status.message ?? '',
    errorType: text('error.type'),
    service: text('gen_ai.agent.name') ?? '',
    operation,
    agent: text('gen_ai.agent.name'),
    provider: text('gen_ai.provider.name'),
    model: text('gen_ai.response.model'),
    tool: text('gen_ai.tool.name'),
    session: text('session.id'),
    usage:
      kind === 'llm'
        ? {
            input: count('gen_ai.usage.input_tokens'),
            cacheRead: 0,
            cacheWrite: 0,
            output: count('gen_ai.usage.output_tokens'),
            reasoning: 0,
          }
        : null,
    cost: null,
    runId: text('rehearse.run.id'),
    trialId: text('rehearse.trial.id'),
    scenarioId: text('rehearse.scenario.id'),
    payload: {
      inputMessages: null,
      outputMessages: null,
      systemInstructions: null,
      toolArguments: json(text('gen_ai.tool.call.arguments')),
      toolResult: json(text('gen_ai.tool.call.result')),
      toolDefinitions: null,
      attributes: JsonObject.parse(JSON.parse(JSON.stringify(attributes))),
      resource: {},
      scope: { name: span.instrumentationScope.name, version: span.instrumentationScope.version ?? '' },
      events: [],
      evaluations: [],
      links: [],
    },
  });
}

function micros([seconds, nanos]: [number, number]): number {
  return seconds * 1e6 + Math.floor(nanos / 1000);
}

function json(text: string | null) {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
