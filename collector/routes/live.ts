import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { apiRoutes } from '../http/api-env.ts';
import { liveQueue } from '../live/live-queue.ts';
import type { LiveBatch } from '../live/live-tail.ts';

/** Proxies end a connection on which nothing happens. */
const heartbeatMillis = 15_000;
/** Batches are gathered for so long: a page that is redrawn more often helps nobody. */
const gatherMillis = 200;

/**
 * `GET /api/live`: server-sent events of what becomes readable. `span` tells of spans, `trace` of traces whose root has
 * come; both say how many were left out. Nothing is replayed: events have no ids, and `Last-Event-ID` is passed over.
 */
export function liveRoutes() {
  return apiRoutes().get('/', (c) => {
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      const queue = liveQueue(c.var.project.live);
      const stopLooking = c.var.untilRefused(() => queue.close());
      stream.onAbort(() => queue.close());
      try {
        await stream.write('retry: 2000\n\n');
        while (!queue.ended() && !stream.aborted) {
          const batch = await queue.next(heartbeatMillis);
          if (batch) await sendBatch(stream, batch);
          else if (!queue.ended()) await stream.write(': nothing new\n\n');
          if (batch && !queue.ended()) await stream.sleep(gatherMillis);
        }
      } finally {
        stopLooking();
        queue.close();
      }
    });
  });
}

async function sendBatch(stream: SSEStreamingApi, { spans, dropped }: LiveBatch): Promise<void> {
  await stream.writeSSE({ event: 'span', data: JSON.stringify({ spans, dropped }) });
  const traces = spans.filter(({ parentSpanId }) => parentSpanId === null);
  if (traces.length > 0) await stream.writeSSE({ event: 'trace', data: JSON.stringify({ traces, dropped }) });
}
