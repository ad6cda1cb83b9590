import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../domain/errors.ts';
import type { Alerts } from './alerts/watch-alerts.ts';
import type { Backups } from './backup/make-backup.ts';
import type { MissingShards } from './cluster/missing-shards.ts';
import { apiRoutes } from './http/api-env.ts';
import { knownParameters } from './http/known-parameters.ts';
import { onError } from './http/on-error.ts';
import { sayMissing } from './http/say-missing.ts';
import type { Log } from './observe/log.ts';
import type { ProjectOf } from './project.ts';
import { type AccessDeps, auditRoutes, keyRoutes, personRoutes, projectRoutes } from './routes/access.ts';
import { alertRoutes } from './routes/alerts.ts';
import { backupRoutes } from './routes/backups.ts';
import { chartRoutes, facetRoutes } from './routes/charts.ts';
import { comparisonRoutes } from './routes/comparison.ts';
import { controlRoutes } from './routes/control.ts';
import { deletionRoutes } from './routes/deletions.ts';
import { liveRoutes } from './routes/live.ts';
import { loopRoutes } from './routes/loops.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { pinRoutes } from './routes/pins.ts';
import { retentionRoutes } from './routes/retention.ts';
import { runRoutes } from './routes/runs.ts';
import { type SessionDeps, sessionRoutes } from './routes/session.ts';
import { sqlRoutes } from './routes/sql.ts';
import { traceRoutes } from './routes/traces.ts';
import { exportRoutes, importRoutes } from './routes/transfer.ts';
import { trialRoutes } from './routes/trials.ts';
import { viewRoutes } from './routes/views.ts';

export type AppDeps = AccessDeps &
  SessionDeps & {
    projectOf: ProjectOf;
    /** For answers in which a part may be missing. */
    missing: MissingShards;
    alerts: Pick<Alerts, 'watched' | 'history'>;
    /** Of the whole store, all projects. */
    backups: Backups;
    /** Resolves when readers see all that was acknowledged before. */
    settled: (signal: AbortSignal) => Promise<void>;
    /** Bytes of a body. */
    maxBodyBytes: number;
    /** Milliseconds since the epoch. */
    now: () => number;
    log: Log;
  };

/**
 * The JSON API. Its type is the dashboard's client: `hc<App>('/')`. A handler reaches data through `c.var.project` alone,
 * which is the project that the request was let into: see `ROUTE_RULES`.
 */
export function createApp(deps: AppDeps) {
  const maxSize = deps.maxBodyBytes;
  const tooLarge = () => {
    throw new AppError('BODY_TOO_LARGE', `expected at most ${maxSize} bytes`);
  };
  const app = apiRoutes()
    .use('/api/*', knownParameters)
    .use('/api/*', sayMissing(deps.missing))
    .use('/api/*', (c, next) => {
      if (c.var.access) c.set('project', deps.projectOf(c.var.access.project));
      return next();
    })
    // An import is stored as it comes, whatever its size.
    .route('/api/import', importRoutes())
    .use('/api/*', bodyLimit({ maxSize, onError: tooLarge }))
    .route('/api/runs', runRoutes())
    .route('/api/comparison', comparisonRoutes())
    .route('/api/trials', trialRoutes(deps))
    .route('/api/traces', traceRoutes(deps))
    .route('/api', deletionRoutes())
    .route('/api/retention', retentionRoutes())
    .route('/api/backups', backupRoutes(deps))
    .route('/api/export', exportRoutes())
    .route('/api/charts', chartRoutes(deps))
    .route('/api/facets', facetRoutes(deps))
    .route('/api/loops', loopRoutes(deps))
    .route('/api/outcomes', outcomeRoutes(deps))
    .route('/api/pins', pinRoutes(deps))
    .route('/api/views', viewRoutes())
    .route('/api/live', liveRoutes())
    .route('/api/alerts', alertRoutes(deps))
    .route('/api/control', controlRoutes())
    .route('/api/query', sqlRoutes())
    .route('/api/maintenance', maintenanceRoutes())
    .route('/api/session', sessionRoutes(deps))
    .route('/api/projects', projectRoutes(deps))
    .route('/api/keys', keyRoutes(deps))
    .route('/api/people', personRoutes(deps))
    .route('/api/audit', auditRoutes(deps));
  app.onError(onError(deps.log));
  return app;
}

export type App = ReturnType<typeof createApp>;
