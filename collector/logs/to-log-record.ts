import type { LogRecord } from '../../domain/log-record.ts';
import type { ContentEvent } from '../dialects/message-events.ts';
import { plainJson, plainObject } from '../otlp/any-value.ts';
import type { StoredLog } from '../queries/log-records.ts';

/** The record as the API gives it, its values as plain JSON. */
export function toLogRecord({ total: _, body, attributes, ...rest }: StoredLog): LogRecord {
  return { ...rest, body: body && plainJson(body), attributes: plainObject(attributes) };
}

/** The record as a source of its span's content. */
export function toContentEvent({ eventName, attributes, body }: StoredLog): ContentEvent {
  return { name: eventName ?? '', attributes, ...(body === null ? {} : { body }) };
}
