import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type AlertEvent, type AlertReading, AlertRule } from '../../domain/alert.ts';
import { createAlertDesk } from './alert-desk.ts';
import { AlertsConfig } from './alerts-config.ts';
import { type Delivery, deliver } from './webhook.ts';

const rule = AlertRule.parse({ name: 'errors', on: 'error-rate', above: 0.1 });
const value = (of: number): AlertReading => ({ kind: 'value', value: of, sample: 50 });
const event: AlertEvent = {
  id: 'alert-1',
  rule: 'errors',
  metric: 'error-rate',
  kind: 'fired',
  at: 1_770_000_000_000,
  value: 0.2,
  threshold: 0.1,
  sample: 50,
  text: 'Firing: errors',
};

/** A desk whose readings come one after the other, over what was told before. */
function open(
  history: AlertEvent[] = [],
  sent: (event: AlertEvent) => Promise<Delivery> = async () => taken,
) {
  let now = 1_770_000_000_000;
  let readings: (AlertReading | Error)[] = [];
  const log: string[] = [];
  const desk = createAlertDesk({
    rules: [rule],
    now: () => (now += 1000),
    log: (_event, line) => log.push(line),
    history: async () => history.toReversed(),
    record: async (_, told) => void history.push(told),
    deliver: sent,
    async read() {
      const next = readings.shift() ?? value(0);
      if (next instanceof Error) throw next;
      return next;
    },
  });
  const evaluate = async (...next: (AlertReading | Error)[]) => {
    readings = next;
    while (readings.length > 0) await desk.evaluate();
    await desk.delivered();
    return history.map(({ kind }) => kind);
  };
  return { desk, evaluate, history, log };
}
const taken: Delivery = { delivered: true, attempts: 1, said: 'HTTP 200' };

describe('an alert desk', () => {
  it('tells once that a rule fires and once that it is over, and what the webhook said', async () => {
    const { evaluate, desk, history } = open();
    expect(await evaluate(value(0.2), value(0.3), value(0.4))).toEqual(['fired', 'delivered']);
    expect(desk.watched('default' as AlertRule['project'])).toMatchObject([
      { firing: true, reading: { value: 0.4 } },
    ]);
    expect(desk.watched('other' as AlertRule['project'])).toEqual([]);
    expect(await evaluate(value(0), value(0))).toEqual(['fired', 'delivered', 'resolved', 'delivered']);
    expect(new Set(history.map(({ id }) => id)).size).toBe(2);
    expect(history[0]).toMatchObject({
      value: 0.3,
      threshold: 0.1,
      text: expect.stringMatching(/^Firing: errors/),
    });
  });

  it('fires no second time after a restart', async () => {
    const { history, evaluate } = open();
    await evaluate(value(0.2), value(0.2));
    expect(await open(history).evaluate(value(0.2), value(0.2), value(0.2))).toEqual(['fired', 'delivered']);
  });

  it('goes on where a reading fails, and says why', async () => {
    const { evaluate, log } = open();
    expect(await evaluate(value(0.2), new Error('no store'), value(0.2))).toEqual(['fired', 'delivered']);
    expect(log).toEqual(['alert errors could not be evaluated: no store']);
  });

  it('does not wait for a webhook, and records that it was not taken', async () => {
    const answer = Promise.withResolvers<Delivery>();
    const { desk, history, evaluate, log } = open([], () => answer.promise);
    const evaluated = evaluate(value(0.2), value(0.2));
    await expect.poll(() => history).toHaveLength(1);
    await desk.evaluate();
    answer.resolve({ delivered: false, attempts: 5, said: 'HTTP 503' });
    expect(await evaluated).toEqual(['fired', 'undelivered']);
    expect(log).toEqual(['alert errors: The webhook did not take it: HTTP 503, after 5 attempts']);
  });
});

describe('deliver', () => {
  async function receiver(...statuses: number[]) {
    const came: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        came.push({ headers: request.headers, body });
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const close = async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    };
    return { url, came, close };
  }
  const slept: number[] = [];
  const deps = {
    fetch,
    now: () => 1_770_000_000_000,
    sleep: async (millis: number) => void slept.push(millis),
  };

  it('posts what Slack shows, signed over id, time and body', async () => {
    const { url, came, close } = await receiver();
    expect(await deliver(event, { url, secret: 'whsec_c2VjcmV0' }, deps)).toEqual(taken);
    const [{ headers, body } = { headers: {}, body: '' }] = came;
    expect(JSON.parse(body)).toMatchObject({
      type: 'alert.fired',
      text: 'Firing: errors',
      rule: 'errors',
      value: 0.2,
    });
    const signed = createHmac('sha256', 'secret').update(`alert-1.1770000000.${body}`).digest('base64');
    expect(headers).toMatchObject({ 'webhook-id': 'alert-1', 'webhook-signature': `v1,${signed}` });
    await close();
  });

  it('tries again where the receiver cannot, ever later, and gives up', async () => {
    slept.length = 0;
    const { url, came, close } = await receiver(503, 429, 500);
    expect(await deliver(event, { url }, deps, [1, 2])).toEqual({
      delivered: false,
      attempts: 3,
      said: 'HTTP 500',
    });
    expect([came.length, slept]).toEqual([3, [1, 2]]);
    expect(came[0]?.headers['webhook-signature']).toBeUndefined();
    await close();
    const { attempts, said } = await deliver(event, { url }, deps, [1]);
    expect([attempts, said]).toEqual([2, expect.stringContaining('ECONNREFUSED')]);
  });

  it('does not insist where it is refused, and follows nobody elsewhere', async () => {
    const { url, close } = await receiver(410, 302);
    expect(await deliver(event, { url }, deps)).toEqual({ delivered: false, attempts: 1, said: 'HTTP 410' });
    expect(await deliver(event, { url }, deps)).toEqual({ delivered: false, attempts: 1, said: 'HTTP 302' });
    await close();
  });
});

describe('AlertsConfig', () => {
  it.each([
    [{ webhook: { url: 'ftp://x' } }, 'expected an http or https URL'],
    [{ webhook: { url: { env: 'REHEARSE_NOT_SET' } } }, 'expected the variable REHEARSE_NOT_SET to be set'],
    [
      { rules: [rule, rule].map(({ name, on, above }) => ({ name, on, above })) },
      'expected a name of its own',
    ],
    [{ every: 1 }, 'expected number to be >=5'],
  ])('says what is wrong with %j', (config, message) => {
    expect(AlertsConfig.safeParse(config).error?.issues[0]?.message).toContain(message);
  });
});
