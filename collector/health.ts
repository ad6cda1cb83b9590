import { Hono } from 'hono';
import type { Redactor } from './redaction/redactor.ts';
import type { Store } from './store/store.ts';

/** `GET /healthz`: 503 while the store does not answer. `redacted`: by rule, what was taken out since the start. */
export type HealthDeps = { store: Pick<Store, 'ping'>; redactor: Redactor | null };

export function healthRoute({ store, redactor }: HealthDeps) {
  return new Hono().get('/healthz', async (c) => {
    const up = await store.ping();
    return c.json(
      { status: up ? 'ok' : 'down', clickhouse: up ? 'up' : 'down', redacted: redactor?.counts() ?? null },
      up ? 200 : 503,
    );
  });
}
