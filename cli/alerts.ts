import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../collector/alerts/webhook.ts';
import { CONFIG_FILE, loadConfig } from '../collector/config.ts';
import { AppError } from '../domain/errors.ts';

/** Sends one event to the webhook of the configuration, and says what it answered. @throws AppError CONFIG_UNREADABLE */
export async function testAlerts({ config }: { config?: string }): Promise<number> {
  const { webhook, rules } = loadConfig(config).alerts;
  if (!webhook) {
    throw new AppError(
      'CONFIG_UNREADABLE',
      `${config ?? CONFIG_FILE}: alerts.webhook: expected one, to try it`,
    );
  }
  const event = {
    id: randomUUID(),
    rule: 'test',
    metric: 'error-rate',
    kind: 'fired',
    at: Date.now(),
    value: 0,
    threshold: 0,
    sample: 0,
    text: `Test: this is how an alert of Rehearse comes. ${rules.length} rules are set up.`,
  } as const;
  const { delivered, said } = await deliver(event, webhook, { fetch, sleep, now: Date.now }, []);
  console.log(delivered ? `the webhook took it: ${said}` : `the webhook did not take it: ${said}`);
  return delivered ? 0 : 3;
}
