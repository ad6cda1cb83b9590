import type { LogRecord } from '../../domain/log-record.ts';
import { plainJson, plainObject } from '../otlp/any-value.ts';
import type { StoredLog } from '../queries/log-records.ts';

/** The record as the API gives it, its values as plain JSON. */
export function toLogRecord({ total: _, body, attributes, ...rest }: StoredLog): LogRecord {
  return { ...rest, body: plainJson(body), attributes: plainObject(attributes) };
}
