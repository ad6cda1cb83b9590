import { Hono } from 'hono';
import type { Authenticate } from '../access/access.ts';
import { admit } from '../access/admit.ts';
import type { Meters } from './meters.ts';

export type MetricsDeps = { meters: Meters; authenticate: Authenticate };

/**
 * `GET /metrics` in Prometheus' text format, for who may read. A browser that asks for a page gets the dashboard's of that
 * address, which is why the table of rules has the route as public.
 */
export function metricsRoute({ meters, authenticate }: MetricsDeps) {
  return new Hono().get('/metrics', async (c, next) => {
    if (c.req.header('accept')?.includes('text/html')) return next();
    await admit(authenticate, c.req.raw.headers, 'read');
    return c.text(await meters.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}
