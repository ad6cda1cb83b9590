import { Hono } from 'hono';
import type { Tombstones } from './deletion/tombstones.ts';
import type { Redactor } from './redaction/redactor.ts';
import type { SegmentLog } from './segments/segment-log.ts';
import type { Store } from './store/store.ts';

export type HealthDeps = {
  store: Pick<Store, 'ping'>;
  segments: Pick<SegmentLog, 'stats'>;
  /** Of a cluster; `null` where the store is one server. */
  shards: () => Promise<ShardHealth[]> | null;
  redactor: Pick<Redactor, 'counts'> | null;
  tombstones: Pick<Tombstones, 'leftOut'>;
};

/** How a shard stands, and what waits for it here. */
export type ShardHealth = {
  name: string;
  clickhouse: 'up' | 'down';
  segments: { bytes: number; segments: number; quarantined: number };
};

/**
 * `GET /healthz`: `degraded` while ClickHouse does not answer, but spans are taken and wait on disk; `down`, with 503,
 * while spans are refused: the disk is full, or their share of it. `shards`: those of a cluster. `redacted`: by rule, what was taken out since the
 * start. `leftOut`: what came again since the start of what was deleted.
 */
export function healthRoute({ store, segments, shards, redactor, tombstones }: HealthDeps) {
  return new Hono().get('/healthz', async (c) => {
    const up = await store.ping();
    const { accepting, bytes, segments: files, quarantined } = segments.stats();
    const status = accepting ? (up ? 'ok' : 'degraded') : 'down';
    return c.json(
      {
        status,
        clickhouse: up ? 'up' : 'down',
        segments: { bytes, segments: files, quarantined },
        shards: await shards(),
        redacted: redactor?.counts() ?? null,
        leftOut: tombstones.leftOut(),
      },
      accepting ? 200 : 503,
    );
  });
}
