import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TraceId } from '../domain/ids.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { startTestCollector, type TestCollector } from './testing/start-test-collector.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
});
afterAll(() => collector.close());

/** A provider as a user sets it up, exporting to the collector under test. */
function provider() {
  // The compression that OTEL_EXPORTER_OTLP_COMPRESSION=gzip sets.
  const exporter = new OTLPTraceExporter({
    url: `${collector.url}/v1/traces`,
    compression: 'gzip',
  } as ConstructorParameters<typeof OTLPTraceExporter>[0]);
  return new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
}

describe('the OpenTelemetry exporter for JavaScript, protobuf and gzip', () => {
  it('delivers an agent with a model call and a failed tool call', async () => {
    const sdk = provider();
    const tracer = sdk.getTracer('test-agent', '1.2.3');
    const agent = tracer.startSpan('invoke_agent alice', {
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'alice' },
    });
    const within = trace.setSpan(ROOT_CONTEXT, agent);
    const call = tracer.startSpan(
      'chat gpt-4o-mini',
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o-mini',
          'gen_ai.request.temperature': 1,
          'gen_ai.usage.input_tokens': 120,
          'gen_ai.usage.output_tokens': 30,
          'gen_ai.response.finish_reasons': ['tool_calls'],
        },
      },
      within,
    );
    call.end();
    const tool = tracer.startSpan(
      'execute_tool send',
      { attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'send' } },
      within,
    );
    tool.recordException(new TypeError('no address'));
    tool.setStatus({ code: SpanStatusCode.ERROR, message: 'no address' });
    tool.end();
    agent.end();
    await sdk.shutdown();
    await collector.settled();

    const traceId = TraceId.parse(agent.spanContext().traceId);
    const answer = await collector.client.api.traces[':traceId'].$get({ param: { traceId } });
    expect(answer.status).toBe(200);
    const { trace: summary, structure } = await answer.json();
    const spans = spansOfStructure(structure);
    expect(summary).toMatchObject({
      name: 'invoke_agent alice',
      agent: 'alice',
      spans: 3,
      modelCalls: 1,
      toolCalls: 1,
      errors: 1,
      usage: { input: 120, output: 30 },
      cost: 36_000,
    });
    // The clock of the SDK may give all three one start; their ids then decide the order.
    const seen = spans.map((span) => [span.kind, span.status, span.errorType]);
    expect(seen.sort()).toEqual([
      ['agent', 'unset', null],
      ['llm', 'unset', null],
      ['tool', 'error', 'TypeError'],
    ]);
  });
});
