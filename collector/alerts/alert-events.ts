import { AlertEvent } from '../../domain/alert.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';

/** `from`: seconds since the epoch. */
type Params = { project: string; from: number; limit: number };

export const alertEvents: Query<Params, typeof AlertEvent, AlertEvent> = {
  sql: readSql('alert-events.sql', import.meta.dirname),
  columns: AlertEvent,
  toValue: (event) => event,
};

const daysBack = 90;
const mostEvents = 200;

/** What alerts of a project have told in the last ninety days, the latest first. @param now epoch milliseconds */
export function readAlertEvents(
  store: Pick<Store, 'rows'>,
  project: ProjectId,
  now: number,
): Promise<AlertEvent[]> {
  const from = Math.floor(now / 1000) - daysBack * 86_400;
  return store.rows(alertEvents, { project, from, limit: mostEvents });
}

/** An event as OTLP's JSON request of one log record on no trace. See docs/reference/alerts.md. */
export function alertRecord(event: AlertEvent) {
  const time = `${BigInt(event.at) * 1_000_000n}`;
  const attributes = Object.entries(event).flatMap(([name, value]) =>
    name === 'at' ? [] : [{ key: `rehearse.alert.${name}`, value: { stringValue: String(value) } }],
  );
  const bad = event.kind === 'fired' || event.kind === 'undelivered';
  const record = {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: bad ? 13 : 9,
    severityText: bad ? 'WARN' : 'INFO',
    eventName: 'rehearse.alert',
    body: { stringValue: event.text },
    attributes,
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'rehearse' } }] };
  return { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] };
}
