import { type Context, Hono } from 'hono';
import { type GuardDeps, guard } from './access/guard.ts';
import { type AppDeps, createApp } from './app.ts';
import { type HealthDeps, healthRoute } from './health.ts';
import { dashboardFiles } from './http/dashboard-files.ts';
import { type HostOptions, ownHostAndOrigin } from './http/host-and-origin.ts';
import { notFound } from './http/not-found.ts';
import { onError } from './http/on-error.ts';
import { type MetricsDeps, metricsRoute } from './observe/metrics-route.ts';
import type { SelfTraces } from './observe/self-traces.ts';
import { openApiDocument } from './openapi/document.ts';
import { isOtlpPath, type OtlpDeps, type OtlpEnv, onOtlpError, otlpRoutes } from './otlp/otlp-routes.ts';
import { ownVersion } from './own-version.ts';
import { controlIntake } from './routes/control.ts';
import { type OutcomeIntakeDeps, outcomeIntake } from './routes/outcome-intake.ts';

export type ServerDeps = AppDeps &
  GuardDeps &
  HostOptions &
  HealthDeps &
  MetricsDeps &
  OtlpDeps &
  OutcomeIntakeDeps & {
    selfTraces: Pick<SelfTraces, 'requests'>;
    dashboardDirectory: string | null;
  };

/**
 * Everything on the one port: OTLP, the JSON API, health and the dashboard's files. Each request passes the guard, which
 * knows the rule of every route, before any part of it.
 */
export function createServerApp(deps: ServerDeps) {
  const server = new Hono<OtlpEnv>();
  const api = createApp(deps);
  server.use(ownHostAndOrigin(deps));
  server
    .use((c, next) => deps.selfTraces.requests(c, next))
    .use((c, next) => deps.meters.requests(c, next))
    .use(guard(deps))
    .route('/', outcomeIntake(deps))
    .route('/', controlIntake(deps))
    .route('/', otlpRoutes(deps))
    .route('/', api)
    .route('/', healthRoute(deps))
    .route('/', metricsRoute(deps))
    .get('/api/openapi.json', (c) => c.json(openApiDocument(api.routes, ownVersion())));
  if (deps.dashboardDirectory !== null) server.route('/', dashboardFiles(deps.dashboardDirectory));
  server.notFound(notFound);
  const refuse = onError(deps.log);
  const refuseOtlp = onOtlpError(deps.log);
  server.onError((error: Error, c: Context) =>
    isOtlpPath(c.req.path) ? refuseOtlp(error, c) : refuse(error, c),
  );
  return server;
}
