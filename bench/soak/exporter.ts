import { setTimeout as sleep } from 'node:timers/promises';
import { spanRequest } from '../agent-spans.ts';

/** What exporters saw of a collector. */
export type Sent = {
  /** The traces whose every span was acknowledged, ids in hex. */
  acknowledged: Set<string>;
  requests: number;
  /** Answers other than 200, by status; 0 where no answer came. */
  refused: Map<number, number>;
  /** When a request was last acknowledged, by performance.now(). */
  lastAcknowledged: number;
};

const connections = 4;
const longestPause = 2000;

/**
 * Sends spans at a rate until the signal ends it, as exporters do: a batch that is refused or not answered is sent again
 * until it is acknowledged, and what falls behind is sent as fast as it goes.
 *
 * @param rate spans a second.
 */
export async function exportSpans(url: string, rate: number, sent: Sent, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      // Its own: a body that is sent again must not change.
      const batches = Array.from({ length: 8 }, (_, seed) => spanRequest(connection * 8 + seed));
      for (let number = 0; !signal.aborted; number++) {
        const batch = batches[number % batches.length];
        if (batch === undefined) return;
        const due = started + (next++ * batch.spans * 1000) / rate;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        const body = batch.refresh();
        for (let attempt = 1; !(await isAcknowledged(url, body, sent)); attempt++)
          await sleep(Math.min(longestPause, 100 * 2 ** attempt));
        for (const traceId of batch.traceIds()) sent.acknowledged.add(traceId);
      }
    }),
  );
}

async function isAcknowledged(url: string, body: Uint8Array<ArrayBuffer>, sent: Sent): Promise<boolean> {
  sent.requests++;
  const headers = { 'content-type': 'application/x-protobuf' };
  const status = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
  if (status === 200) {
    sent.lastAcknowledged = performance.now();
    return true;
  }
  sent.refused.set(status, (sent.refused.get(status) ?? 0) + 1);
  return false;
}
