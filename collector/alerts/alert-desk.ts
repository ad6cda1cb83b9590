import { randomUUID } from 'node:crypto';
import {
  type AlertEvent,
  type AlertReading,
  type AlertRule,
  type AlertState,
  stepAlert,
  type WatchedRule,
} from '../../domain/alert.ts';
import { describeAlert } from '../../domain/alert-metric.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import type { Delivery } from './webhook.ts';

export type AlertDeskDeps = {
  rules: readonly AlertRule[];
  read: (rule: AlertRule, now: number) => Promise<AlertReading>;
  /** What the rules of a project told before, the latest first. */
  history: (project: AlertRule['project']) => Promise<AlertEvent[]>;
  record: (project: AlertRule['project'], event: AlertEvent) => Promise<void>;
  /** `null` without a webhook. */
  deliver: ((event: AlertEvent) => Promise<Delivery>) | null;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
};

export type AlertDesk = {
  /** The rules of a project, those that fire first. */
  watched(project: AlertRule['project']): WatchedRule[];
  /** Reads every rule once. What cannot be read changes nothing, and nothing is waited for that a webhook does. */
  evaluate(): Promise<void>;
  /** Resolves when no webhook is under way. */
  delivered(): Promise<void>;
};

/** Knows where each rule stands, also over a restart: it takes it from what was told last. */
export function createAlertDesk(deps: AlertDeskDeps): AlertDesk {
  const { rules, now, log } = deps;
  const standing = new Map<
    AlertRule,
    { state: AlertState; reading: AlertReading | null; at: number | null }
  >();
  const sending = new Set<Promise<void>>();

  const stateBefore = async (rule: AlertRule): Promise<AlertState> => {
    const told = await deps.history(rule.project);
    const last = told.find(
      ({ rule: name, kind }) => name === rule.name && (kind === 'fired' || kind === 'resolved'),
    );
    return { firing: last?.kind === 'fired', streak: 0 };
  };
  const send = async (rule: AlertRule, event: AlertEvent) => {
    const delivery = await deps.deliver?.(event);
    if (!delivery) return;
    const { delivered, attempts, said } = delivery;
    const text = `${delivered ? 'The webhook took it' : 'The webhook did not take it'}: ${said}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
    if (!delivered) log('alert.not-delivered', `alert ${event.rule}: ${text}`, { rule: event.rule });
    await deps.record(rule.project, {
      ...event,
      kind: delivered ? 'delivered' : 'undelivered',
      at: now(),
      text,
    });
  };
  const tell = async (rule: AlertRule, kind: 'fired' | 'resolved', value: number, sample: number) => {
    const text = describeAlert(rule, kind, value, sample);
    const { name, on: metric } = rule;
    const threshold = kind === 'fired' ? rule.above : rule.resolveBelow;
    const event = { id: randomUUID(), rule: name, metric, kind, at: now(), value, threshold, sample, text };
    await deps.record(rule.project, event);
    const sent = send(rule, event).catch((error: unknown) => {
      log('alert.not-delivered', `alert ${name}: ${messageOf(error)}`, { rule: name });
    });
    sending.add(sent);
    void sent.then(() => sending.delete(sent));
  };
  const evaluateRule = async (rule: AlertRule) => {
    const before = standing.get(rule)?.state ?? (await stateBefore(rule));
    const at = now();
    const reading = await deps.read(rule, at);
    const { state, news } = stepAlert(before, reading, rule);
    if (news !== null && reading.kind === 'value') await tell(rule, news, reading.value, reading.sample);
    standing.set(rule, { state, reading, at });
  };

  return {
    watched: (project) =>
      rules
        .filter((rule) => rule.project === project)
        .map((rule) => {
          const { state, reading = null, at = null } = standing.get(rule) ?? {};
          return { rule, firing: state?.firing ?? false, reading, at };
        })
        .sort((a, b) => Number(b.firing) - Number(a.firing)),
    async evaluate() {
      for (const rule of rules) {
        try {
          await evaluateRule(rule);
        } catch (error) {
          const told = `alert ${rule.name} could not be evaluated: ${messageOf(error)}`;
          log('alert.not-evaluated', told, { rule: rule.name });
        }
      }
    },
    async delivered() {
      while (sending.size > 0) await Promise.all(sending);
    },
  };
}
