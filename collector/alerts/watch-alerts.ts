import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertEvent } from '../../domain/alert.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Log } from '../observe/log.ts';
import type { Receive } from '../otlp/receiver.ts';
import type { ProjectOf } from '../project.ts';
import type { Store } from '../store/store.ts';
import { type AlertDesk, createAlertDesk } from './alert-desk.ts';
import { alertRecord, readAlertEvents } from './alert-events.ts';
import type { AlertsConfig } from './alerts-config.ts';
import { readMetric } from './read-metric.ts';
import { deliver } from './webhook.ts';

export type AlertsDeps = {
  config: AlertsConfig;
  store: Pick<Store, 'rows'>;
  projectOf: ProjectOf;
  receive: Receive;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
};

export type Alerts = Pick<AlertDesk, 'watched'> & {
  history: (project: ProjectId) => Promise<AlertEvent[]>;
  /** Ends the watch; a webhook that waits for its next attempt is given up. */
  close: () => Promise<void>;
};

/** Evaluates the rules at intervals, beside whatever else the collector does. */
export function watchAlerts({ config, store, projectOf, receive, now, log }: AlertsDeps): Alerts {
  const over = new AbortController();
  const { signal } = over;
  const { webhook, rules, every } = config;
  const wait = (milliseconds: number) => sleep(milliseconds, undefined, { signal });
  const history = (project: ProjectId) => readAlertEvents(store, project, now());
  const desk = createAlertDesk({
    rules,
    now,
    log,
    history,
    read: (rule, at) => readMetric(projectOf(rule.project).reads, rule, at),
    async record(project, event) {
      await receive(project, 'logs', Buffer.from(JSON.stringify(alertRecord(event))), 'json');
    },
    deliver: webhook ? (event) => deliver(event, webhook, { fetch, sleep: wait, now }) : null,
  });
  const watch = async () => {
    while (!signal.aborted) {
      await wait(every * 1000).catch(() => {});
      if (!signal.aborted) await desk.evaluate();
    }
  };
  const watching = rules.length === 0 ? Promise.resolve() : watch();
  return {
    watched: desk.watched,
    history,
    async close() {
      over.abort(new Error('the collector stopped'));
      await watching;
      await desk.delivered();
    },
  };
}
