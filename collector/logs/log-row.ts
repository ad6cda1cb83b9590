import { attributeMap } from '../otlp/any-value.ts';
import type { Decoded } from '../otlp/message-type.ts';
import type { LOGS_REQUEST, LogRecord } from '../otlp/opentelemetry-proto.ts';
import { attributeColumns, typedText } from '../signals/attribute-columns.ts';
import { bucketOf, storedTime } from '../signals/clock.ts';
import { contentHash } from '../signals/content-hash.ts';
import { type Origin, originOf } from '../signals/origin.ts';

/** A row of `logs`. */
export type LogRow = {
  traceId: string;
  spanId: string;
  bucket: number;
  time: bigint;
  observed: bigint;
  hash: bigint;
  severityNumber: number;
  severityText: string;
  eventName: string;
  body: string;
  bodyType: string;
  pairs: [string, string][];
  letters: string;
  droppedAttributes: number;
  flags: number;
  origin: Origin;
};

export function logRows(request: Decoded<typeof LOGS_REQUEST>): LogRow[] {
  return request.resourceLogs.flatMap((resourceLogs) =>
    resourceLogs.scopeLogs.flatMap((scopeLogs) => {
      const origin = originOf(resourceLogs, scopeLogs);
      return scopeLogs.logRecords.map((record) => logRow(record, origin));
    }),
  );
}

/** A record that names no span, or none that can be, is kept without one. */
function logRow(record: LogRecord, origin: Origin): LogRow {
  const linked = isId(record.traceId, 16);
  const time = record.timeUnixNano === 0n ? record.observedTimeUnixNano : record.timeUnixNano;
  const body = isEmpty(record.body) ? null : typedText(record.body);
  return {
    traceId: linked ? record.traceId : '',
    spanId: linked && isId(record.spanId, 8) ? record.spanId : '',
    bucket: bucketOf(time),
    time: storedTime(time),
    observed: storedTime(record.observedTimeUnixNano),
    hash: contentHash([record, origin.hash]),
    severityNumber: record.severityNumber >= 1 && record.severityNumber <= 24 ? record.severityNumber : 0,
    severityText: record.severityText,
    eventName: record.eventName || eventAttribute(record),
    body: body?.text ?? '',
    bodyType: body?.letter ?? '',
    ...attributeColumns(record.attributes),
    droppedAttributes: record.droppedAttributesCount,
    flags: record.flags,
    origin,
  };
}

function isId(digits: string, bytes: number): boolean {
  return digits.length === bytes * 2 && /[^0]/.test(digits);
}

function isEmpty(body: LogRecord['body']): boolean {
  return Object.keys(body).length === 0;
}

/** Where emitters put the name before it had a field. */
function eventAttribute({ attributes }: LogRecord): string {
  const name = attributeMap(attributes).get('event.name');
  return name !== undefined && 'stringValue' in name ? name.stringValue : '';
}
