import { Hono } from 'hono';
import type { Store } from './store/store.ts';

/** `GET /healthz`: 503 while the store does not answer. */
export function healthRoute(store: Pick<Store, 'ping'>) {
  return new Hono().get('/healthz', async (c) => {
    const up = await store.ping();
    return c.json({ status: up ? 'ok' : 'down', clickhouse: up ? 'up' : 'down' }, up ? 200 : 503);
  });
}
