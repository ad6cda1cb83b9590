import { z } from 'zod';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import type { AnyValue, KeyValue } from '../otlp/any-value.ts';
import { storedAttributes, storedValue } from '../otlp/stored.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = {
  project: string;
  traceIds: string[];
  spanId: string | null;
  event: string | null;
  limit: number;
};

/** A stored record with its values as they were sent. */
export type StoredLog = {
  traceId: TraceId;
  spanId: SpanId | null;
  at: Micros;
  severityNumber: number;
  severityText: string;
  eventName: string | null;
  service: string;
  body: AnyValue | null;
  attributes: KeyValue[];
  /** Of the records that were asked for, given or not. */
  total: number;
};

const columns = z.object({
  trace: TraceId,
  span: SpanId.nullable(),
  at_micros: Micros,
  severity_number: z.int(),
  severity_text: z.string(),
  event_name: z.string().nullable(),
  service: z.string(),
  body: z.string(),
  body_type: z.string(),
  attribute_keys: z.array(z.string()),
  attribute_values: z.array(z.string()),
  attribute_types: z.string(),
  total: z.int(),
});

/** The log records of traces or of one span, by time. */
export const logRecords: Query<Params, typeof columns, StoredLog> = {
  sql: readSql('log-records.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace,
    spanId: row.span,
    at: row.at_micros,
    severityNumber: row.severity_number,
    severityText: row.severity_text,
    eventName: row.event_name,
    service: row.service,
    body: row.body_type === '' ? null : storedValue(row.body, row.body_type),
    attributes: storedAttributes(row.attribute_keys, row.attribute_values, row.attribute_types),
    total: row.total,
  }),
};
