import { LOGS_REQUEST, METRICS_REQUEST } from '../otlp/opentelemetry-proto.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { readMessageJson } from '../otlp/read-message-json.ts';
import { Rejections } from '../otlp/rejections.ts';
import type { Signal } from '../otlp/signal.ts';
import { writeWire } from '../otlp/write-wire.ts';
import { exampleSpan, JSON_SPAN, jsonRequest, NOON } from './example-span.ts';

export const JSON_LOG = {
  timeUnixNano: String(NOON),
  severityNumber: 9,
  body: { stringValue: 'hello' },
  traceId: JSON_SPAN.traceId,
  spanId: JSON_SPAN.spanId,
};

export const JSON_POINT = { timeUnixNano: String(NOON), asInt: '3' };

export function logsRequest(...logRecords: unknown[]) {
  return { resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords }] }] };
}

export function metricsRequest(...metrics: unknown[]) {
  return { resourceMetrics: [{ resource: {}, scopeMetrics: [{ scope: {}, metrics }] }] };
}

/** One item of each signal, in both encodings. */
export const REQUESTS: Record<Signal, { json: Buffer; protobuf: Buffer }> = {
  traces: { json: Buffer.from(jsonRequest(JSON_SPAN)), protobuf: encodeTraceRequest([exampleSpan()]) },
  logs: {
    json: Buffer.from(JSON.stringify(logsRequest(JSON_LOG))),
    protobuf: logsProtobuf(logsRequest(JSON_LOG)),
  },
  metrics: {
    json: Buffer.from(JSON.stringify(metricsRequest({ name: 'calls', gauge: { dataPoints: [JSON_POINT] } }))),
    protobuf: metricsProtobuf(metricsRequest({ name: 'calls', gauge: { dataPoints: [JSON_POINT] } })),
  },
};

export function logsProtobuf(request: unknown): Buffer {
  return writeWire(LOGS_REQUEST, readMessageJson(LOGS_REQUEST, request, new Rejections()));
}

export function metricsProtobuf(request: unknown): Buffer {
  return writeWire(METRICS_REQUEST, readMessageJson(METRICS_REQUEST, request, new Rejections()));
}
