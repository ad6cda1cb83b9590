import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../domain/errors.ts';
import { onError } from './http/on-error.ts';
import type { LiveTail } from './live/live-tail.ts';
import type { Maintenance } from './maintenance/maintenance.ts';
import type { Reads, Writes } from './reads.ts';
import { chartRoutes, facetRoutes } from './routes/charts.ts';
import { liveRoutes } from './routes/live.ts';
import { loopRoutes } from './routes/loops.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { runRoutes } from './routes/runs.ts';
import { sqlRoutes } from './routes/sql.ts';
import { traceRoutes } from './routes/traces.ts';
import { trialRoutes } from './routes/trials.ts';
import type { SqlConsole } from './sql/sql-console.ts';

export type AppDeps = {
  reads: Reads;
  writes: Writes;
  /** Resolves when readers see all that was acknowledged before. */
  settled: (signal: AbortSignal) => Promise<void>;
  /** SQL of people and scripts. */
  sql: Pick<SqlConsole, 'run'>;
  maintenance: Maintenance;
  live: Pick<LiveTail, 'listen'>;
  /** Bytes of a body. */
  maxBodyBytes: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: (line: string) => void;
};

/** The JSON API. Its type is the dashboard's client: `hc<App>('/')`. */
export function createApp(deps: AppDeps) {
  const maxSize = deps.maxBodyBytes;
  const tooLarge = () => {
    throw new AppError('BODY_TOO_LARGE', `expected at most ${maxSize} bytes`);
  };
  const app = new Hono()
    .use(bodyLimit({ maxSize, onError: tooLarge }))
    .route('/api/runs', runRoutes(deps))
    .route('/api/trials', trialRoutes(deps))
    .route('/api/traces', traceRoutes(deps))
    .route('/api/charts', chartRoutes(deps))
    .route('/api/facets', facetRoutes(deps))
    .route('/api/loops', loopRoutes(deps))
    .route('/api/outcomes', outcomeRoutes(deps))
    .route('/api/live', liveRoutes(deps))
    .route('/api/query', sqlRoutes(deps))
    .route('/api/maintenance', maintenanceRoutes(deps));
  app.onError(onError(deps.log));
  app.notFound((c) => {
    throw new AppError('NOT_FOUND', `there is nothing at ${c.req.method} ${c.req.path}`);
  });
  return app;
}

export type App = ReturnType<typeof createApp>;
