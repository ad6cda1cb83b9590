import { createHmac } from 'node:crypto';
import type { AlertEvent } from '../../domain/alert.ts';
import type { WebhookConfig } from './alerts-config.ts';

export type Delivery = {
  delivered: boolean;
  attempts: number /** The last answer, or why there was none. */;
  said: string;
};

export type WebhookDeps = {
  fetch: typeof fetch;
  /** Resolves after so many milliseconds; rejects when it is over. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Milliseconds before each attempt after the first. */
const WAITS = [2000, 10_000, 60_000, 300_000];
const answerMilliseconds = 10_000;

/**
 * Posts an event as JSON, again where the receiver does not answer or says that it cannot now. `text` is what Slack and
 * those like it show. With a secret it is signed as Standard Webhooks asks (https://www.standardwebhooks.com): HMAC-SHA256
 * over id, time and body.
 */
export async function deliver(
  event: AlertEvent,
  { url, secret }: WebhookConfig,
  { fetch: post, sleep, now }: WebhookDeps,
  waits: readonly number[] = WAITS,
): Promise<Delivery> {
  const body = JSON.stringify({
    type: `alert.${event.kind}`,
    ...event,
    at: new Date(event.at).toISOString(),
  });
  for (let attempt = 1; ; attempt++) {
    const time = String(Math.floor(now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': time,
      ...(secret !== undefined && { 'webhook-signature': sign(secret, `${event.id}.${time}.${body}`) }),
    };
    const { said, again, delivered } = await attemptOnce(post, url, headers, body);
    const wait = waits[attempt - 1];
    if (delivered || !again || wait === undefined) return { delivered, attempts: attempt, said };
    await sleep(wait);
  }
}

async function attemptOnce(post: typeof fetch, url: string, headers: Record<string, string>, body: string) {
  try {
    const signal = AbortSignal.timeout(answerMilliseconds);
    const answer = await post(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await answer.body?.cancel();
    const { status, ok } = answer;
    return {
      delivered: ok,
      again: status >= 500 || status === 408 || status === 429,
      said: `HTTP ${status}`,
    };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    const reason = cause instanceof Error ? cause : error;
    return { delivered: false, again: true, said: reason instanceof Error ? reason.message : String(reason) };
  }
}

/** A secret that begins with `whsec_` is base64, as Standard Webhooks writes it; any other is taken as it is. */
function sign(secret: string, text: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}
