import { context, diag, ProxyTracerProvider, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { baggageSpanProcessor } from './baggage-span-processor.ts';
import type { AgentIdentity } from './spans.ts';

/**
 * Batches whose flush also waits for what an earlier flush or the timer has put under way: a caller that finds the
 * buffer empty must not conclude that its spans have arrived.
 */
class SettlingBatchSpanProcessor extends BatchSpanProcessor {
  readonly #exporter: SpanExporter;
  readonly #flushes = new Set<Promise<void>>();

  constructor(exporter: SpanExporter, maxQueueSize: number) {
    super({ exporter, scheduledDelayMillis: 1000, maxQueueSize });
    this.#exporter = exporter;
  }

  override async forceFlush(): Promise<void> {
    const own = super.forceFlush();
    this.#flushes.add(own);
    try {
      await Promise.allSettled(this.#flushes);
      await this.#exporter.forceFlush?.();
      await own;
    } finally {
      this.#flushes.delete(own);
    }
  }
}

export type TelemetryOptions = {
  /** Where spans go. Default: OTLP/HTTP protobuf to OTEL_EXPORTER_OTLP_ENDPOINT, else http://localhost:4318. */
  exporter?: SpanExporter;
  /** Further span processors, after the one that copies baggage. */
  processors?: readonly SpanProcessor[];
  /** Spans that wait to be sent; what ends beyond that is dropped. Default: 2048. */
  maxQueueSize?: number;
};

/**
 * Starts OpenTelemetry for this process as the SDK's own variables (`OTEL_*`) say: spans in batches, context carried
 * through async calls, W3C trace context and baggage. Call it once, before the first run; whoever has a tracer provider
 * of their own leaves it out. After `shutdown`, which sends what is left, it can be started again.
 */
export function startTelemetry(
  { name, version }: AgentIdentity,
  options: TelemetryOptions = {},
): { shutdown(): Promise<void> } {
  const exporter = options.exporter ?? new OTLPTraceExporter();
  const sdk = startNodeSdk({
    resourceAttributes: {
      'service.name': process.env.OTEL_SERVICE_NAME ?? name,
      'service.version': version,
    },
    spanProcessors: [
      baggageSpanProcessor(),
      ...(options.processors ?? []),
      new SettlingBatchSpanProcessor(exporter, options.maxQueueSize ?? 2048),
    ],
    metricReaders: [],
    logRecordProcessors: [],
  });
  return {
    async shutdown() {
      await sdk.shutdown();
      // What is registered stays so, and a second registration is refused.
      for (const api of [trace, context, propagation, diag]) api.disable();
    },
  };
}

/**
 * Sends out the spans that ended so far. Cheap when there are none; any number may run at a time. Spans that cannot be
 * sent are reported by OpenTelemetry's own log and break no work.
 */
export async function flush(): Promise<void> {
  const proxy = trace.getTracerProvider();
  const provider = proxy instanceof ProxyTracerProvider ? proxy.getDelegate() : proxy;
  if ('forceFlush' in provider && typeof provider.forceFlush === 'function')
    await Promise.resolve(provider.forceFlush()).catch(() => {});
}
