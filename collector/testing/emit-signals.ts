import { context, logs, metrics, propagation, SeverityNumber, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

/**
 * Applications as any user's, one after the other, each set up by the environment alone: one sends a span with a log record
 * in it, a counter and a histogram to where its environment says (`OTEL_EXPORTER_OTLP_*`). It exits with 1 when a signal
 * was refused.
 *
 *   node emit-signals.ts '{"<service>":{"<variable>":"<value>"}}'
 */
const environments = JSON.parse(process.argv[2] ?? '{}') as Record<string, Record<string, string>>;
for (const [service, environment] of Object.entries(environments)) {
  const own = { ...environment, OTEL_SERVICE_NAME: service };
  Object.assign(process.env, own);
  await emit();
  for (const name of Object.keys(own)) delete process.env[name];
}

async function emit(): Promise<void> {
  const sdk = new NodeSDK();
  sdk.start();
  trace.getTracer('emit-signals', '1.0').startActiveSpan('chat gpt-4o-mini', (span) => {
    span.setAttributes({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 120 });
    logs.getLogger('emit-signals').emit({
      eventName: 'gen_ai.client.inference.operation.details',
      severityNumber: SeverityNumber.INFO,
      body: { text: 'Hello' },
      attributes: { 'gen_ai.operation.name': 'chat' },
    });
    span.end();
  });
  const meter = metrics.getMeter('emit-signals');
  meter.createCounter('calls', { unit: '{call}' }).add(3, { model: 'gpt-4o-mini' });
  meter.createHistogram('duration', { unit: 's' }).record(0.25);
  await sdk.shutdown();
  // The next one is the first in its process.
  for (const api of [trace, logs, metrics, context, propagation]) api.disable();
}
