import type { ServiceDefinition } from '@grpc/grpc-js';
import type { Signal } from '../otlp/signal.ts';

const SERVICES: Record<Signal, string> = {
  traces: 'trace.v1.TraceService',
  logs: 'logs.v1.LogsService',
  metrics: 'metrics.v1.MetricsService',
};

/** The service of a signal, whose messages are handed over as they came. */
export function exportService(signal: Signal): ServiceDefinition {
  return {
    Export: {
      path: `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}
