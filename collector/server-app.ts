import { Hono } from 'hono';
import { createApp } from './app.ts';
import { type HealthDeps, healthRoute } from './health.ts';
import { dashboardFiles } from './http/dashboard-files.ts';
import { loopbackHostOnly } from './http/loopback-host.ts';
import { onError } from './http/on-error.ts';
import type { LiveTail } from './live/live-tail.ts';
import type { Maintenance } from './maintenance/maintenance.ts';
import { type OtlpDeps, type OtlpEnv, otlpRoutes } from './otlp/otlp-routes.ts';
import type { Reads, Writes } from './reads.ts';
import { type OutcomeIntakeDeps, outcomeIntake } from './routes/outcome-intake.ts';
import type { SqlConsole } from './sql/sql-console.ts';

export type ServerDeps = HealthDeps &
  OtlpDeps &
  OutcomeIntakeDeps & {
    reads: Reads;
    writes: Writes;
    /** Resolves when readers see all that was acknowledged before. */
    settled: (signal: AbortSignal) => Promise<void>;
    sql: Pick<SqlConsole, 'run'>;
    maintenance: Maintenance;
    live: Pick<LiveTail, 'listen'>;
    dashboardDirectory: string | null;
    now: () => number;
  };

/** Everything on the one port: OTLP, the JSON API, health and the dashboard's files. */
export function createServerApp(deps: ServerDeps) {
  const otlp = otlpRoutes(deps);
  const outcomes = outcomeIntake(deps);
  const api = createApp(deps);
  const server = new Hono<OtlpEnv>();
  // Before the check of the host: OTLP does its own, to refuse in its own form.
  server.all('/v1/outcomes', (c) => outcomes.fetch(c.req.raw, c.env));
  for (const path of ['/v1/*', '/v1development/*', '/api/public/otel/*']) {
    server.all(path, (c) => otlp.fetch(c.req.raw, c.env));
  }
  if (deps.loopback) server.use(loopbackHostOnly());
  server.all('/api/*', (c) => api.fetch(c.req.raw));
  server.route('/', healthRoute(deps));
  if (deps.dashboardDirectory !== null) server.route('/', dashboardFiles(deps.dashboardDirectory));
  server.notFound((c) => api.fetch(c.req.raw));
  server.onError(onError(deps.log));
  return server;
}
