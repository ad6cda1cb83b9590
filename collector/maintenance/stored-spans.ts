import { z } from 'zod';
import type { KeyValue } from '../otlp/any-value.ts';
import { storedAttributes, storedList } from '../otlp/stored.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan } from '../otlp/trace-request.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Window } from './window.ts';

type Params = Window & {
  project: string;
  /** Trace ids from and to, in hex. */
  first: string;
  last: string;
  /** Rows of this version of the mapper are left out, unless `all`. */
  mapper: number;
  all: boolean;
};

const columns = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string(),
  start_nanos: z.string(),
  duration_nanos: z.string(),
  name: z.string(),
  otel_kind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']),
  status: z.enum(['unset', 'ok', 'error']),
  status_message: z.string(),
  error_signal: z.string(),
  attribute_keys: z.array(z.string()),
  attribute_values: z.array(z.string()),
  attribute_types: z.string(),
  resource: z.string(),
  resource_schema_url: z.string(),
  scope_name: z.string(),
  scope_version: z.string(),
  scope_attributes: z.string(),
  scope_schema_url: z.string(),
  events: z.string(),
  links: z.string(),
  trace_state: z.string(),
  flags: z.int(),
  dropped_attributes: z.int(),
  dropped_events: z.int(),
  dropped_links: z.int(),
});
type StoredSpan = z.output<typeof columns>;

/** Spans as they were sent, out of what is stored of them. */
export const storedSpans: Query<Params, typeof columns, OtlpSpan> = {
  sql: readSql('stored-spans.sql', import.meta.dirname),
  columns,
  toValue: spanAsSent,
};

const OTEL_KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };

/**
 * A span as it was sent. One thing is not kept: whether a span that another signal than its status calls failed said
 * "ok" or nothing; it comes as nothing.
 */
export function spanAsSent(row: StoredSpan): OtlpSpan {
  const start = BigInt(row.start_nanos);
  return {
    traceId: row.trace_id,
    spanId: row.span_id,
    parentSpanId: row.parent_span_id,
    traceState: row.trace_state,
    flags: row.flags,
    name: row.name,
    kind: OTEL_KINDS[row.otel_kind],
    startTimeUnixNano: start,
    endTimeUnixNano: start + BigInt(row.duration_nanos),
    attributes: storedAttributes(row.attribute_keys, row.attribute_values, row.attribute_types),
    droppedAttributesCount: row.dropped_attributes,
    events: (storedList(row.events) as StoredMoment<OtlpEvent>[]).map((event) => ({
      ...event,
      timeUnixNano: BigInt(event.timeUnixNano),
    })),
    droppedEventsCount: row.dropped_events,
    links: storedList(row.links) as OtlpLink[],
    droppedLinksCount: row.dropped_links,
    status: { code: statusCode(row), message: row.status_message },
    resource: { attributes: keyValues(row.resource), schemaUrl: row.resource_schema_url },
    scope: {
      name: row.scope_name,
      version: row.scope_version,
      attributes: keyValues(row.scope_attributes),
      schemaUrl: row.scope_schema_url,
    },
  };
}

type StoredMoment<Event extends { timeUnixNano: bigint }> = Omit<Event, 'timeUnixNano'> & {
  timeUnixNano: string;
};

function keyValues(json: string): KeyValue[] {
  return storedList(json) as KeyValue[];
}

function statusCode({ status, error_signal: signal }: StoredSpan): number {
  if (status === 'ok') return 1;
  return status === 'error' && (signal === 'status' || signal === '') ? 2 : 0;
}
