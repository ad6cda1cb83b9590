import { propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace';

export const name = 'my-agent';
export const version = '1.0.0';

const batches = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
const copyBaggage: SpanProcessor = {
  onStart(span, context) {
    for (const [key, { value }] of propagation.getBaggage(context)?.getAllEntries() ?? [])
      span.setAttribute(key, value);
  },
  onEnd() {},
  forceFlush: async () => {},
  shutdown: async () => {},
};

export function startTelemetry() {
  startNodeSdk({
    resourceAttributes: { 'service.name': name },
    spanProcessors: [copyBaggage, batches],
    metricReaders: [],
    logRecordProcessors: [],
  });
}

export const flush = () => batches.forceFlush();

type Request = { message: string; conversationId: string };
type Environment = Record<string, string>;

export function run({ message }: Request, environment: Environment, signal: AbortSignal) {
  return trace.getTracer(name).startActiveSpan(`invoke_agent ${name}`, async (span) => {
    span.setAttributes({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name });
    try {
      const found = await fetch(`${environment.CRM_URL}/contacts?q=Rocha`, { signal });
      const answer = await fetch(`${environment.OPENAI_BASE_URL}/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${environment.OPENAI_API_KEY}`,
        },
        body: JSON.stringify({
          model: environment.OPENAI_MODEL,
          messages: [
            { role: 'system', content: `You sell. The CRM says: ${await found.text()}` },
            { role: 'user', content: message },
          ],
        }),
        signal,
      });
      const { choices } = await answer.json();
      return { said: [choices[0].message.content], finished: true };
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
