import { logs, metrics, SeverityNumber, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

/**
 * An application as any user's: it sends a span with a log record in it, a counter and a histogram to where the
 * environment says (`OTEL_EXPORTER_OTLP_*`), and prints the id of its trace. It exits with 1 when a signal was refused.
 */
const sdk = new NodeSDK();
sdk.start();
const traceId = trace.getTracer('emit-signals', '1.0').startActiveSpan('chat gpt-4o-mini', (span) => {
  span.setAttributes({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 120 });
  logs.getLogger('emit-signals').emit({
    eventName: 'gen_ai.client.inference.operation.details',
    severityNumber: SeverityNumber.INFO,
    body: { text: 'Hello' },
    attributes: { 'gen_ai.operation.name': 'chat' },
  });
  span.end();
  return span.spanContext().traceId;
});
const meter = metrics.getMeter('emit-signals');
meter.createCounter('calls', { unit: '{call}' }).add(3, { model: 'gpt-4o-mini' });
meter.createHistogram('duration', { unit: 's' }).record(0.25);
await sdk.shutdown();
process.stdout.write(traceId);
