import { Hono } from 'hono';
import type { SegmentLog } from './segments/segment-log.ts';
import type { Store } from './store/store.ts';

export type HealthDeps = {
  store: Pick<Store, 'ping'>;
  segments: Pick<SegmentLog, 'stats'>;
};

/**
 * `GET /healthz`: `degraded` while ClickHouse does not answer, but spans are taken and wait on disk; `down`, with 503,
 * once the disk's share is full too.
 */
export function healthRoute({ store, segments }: HealthDeps) {
  return new Hono().get('/healthz', async (c) => {
    const up = await store.ping();
    const { bytes, maxBytes, segments: files, quarantined } = segments.stats();
    const status = up ? 'ok' : bytes < maxBytes ? 'degraded' : 'down';
    return c.json(
      { status, clickhouse: up ? 'up' : 'down', segments: { bytes, segments: files, quarantined } },
      status === 'down' ? 503 : 200,
    );
  });
}
