/**
 * Has the OpenTelemetry SDKs of this process, and of those that it starts, send to a collector, with REHEARSE_KEY where
 * that is set; headers that are set already stay. To be called before the file of an agent is loaded: it may make
 * its exporter then.
 */
export function pointTelemetry(collectorUrl: string): void {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collectorUrl;
  const key = process.env.REHEARSE_KEY;
  if (key) process.env.OTEL_EXPORTER_OTLP_HEADERS ||= `authorization=Bearer%20${key}`;
}
