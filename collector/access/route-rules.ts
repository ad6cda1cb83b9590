import type { Scope } from '../../domain/access.ts';

/** The scope that a request needs; `public`: none, and it learns of no project. */
export type Rule = Scope | 'public';

/**
 * What each route of the one port asks for, by method and path as Hono knows it. A route without a rule answers nobody;
 * a test compares this table with the routes there are.
 */
export const ROUTE_RULES: Readonly<Record<string, Rule>> = {
  'ALL /v1/traces': 'ingest',
  'ALL /v1/logs': 'ingest',
  'ALL /v1/metrics': 'ingest',
  'ALL /api/public/otel/v1/traces': 'ingest',
  'ALL /api/public/otel/v1/logs': 'ingest',
  'ALL /api/public/otel/v1/metrics': 'ingest',
  'ALL /v1/outcomes': 'ingest',
  'GET /v1/control': 'ingest',
  'GET /api/runs': 'read',
  'GET /api/runs/:runId': 'read',
  'PUT /api/runs/:runId': 'runs',
  'POST /api/runs/:runId/trials': 'runs',
  'GET /api/comparison': 'read',
  'GET /api/trials/:trialId': 'read',
  'GET /api/trials/:trialId/spans': 'read',
  'GET /api/traces': 'read',
  'GET /api/traces/count': 'read',
  'GET /api/traces/named': 'read',
  'GET /api/traces/:traceId': 'read',
  'DELETE /api/traces/:traceId': 'admin',
  'DELETE /api/subjects/:subject': 'admin',
  'DELETE /api/data': 'admin',
  'GET /api/retention': 'admin',
  // Of everything there is.
  'POST /api/backups': 'owner',
  'GET /api/export': 'read',
  'GET /api/export/:table': 'read',
  'POST /api/import/:table': 'admin',
  'POST /api/retention': 'admin',
  'GET /api/traces/:traceId/search': 'read',
  'GET /api/traces/:traceId/loops': 'read',
  'GET /api/traces/:traceId/logs': 'read',
  'GET /api/traces/:traceId/spans/:spanId': 'read',
  'GET /api/charts/spans': 'read',
  'GET /api/facets': 'read',
  'GET /api/loops': 'read',
  'GET /api/outcomes/cohorts': 'read',
  'GET /api/outcomes/reply-times': 'read',
  'GET /api/outcomes/messages': 'read',
  'GET /api/outcomes/costs': 'read',
  // Who may look may also leave a note on what they saw, and a name for how they looked.
  'GET /api/pins/:traceId': 'read',
  'PUT /api/pins/:traceId/:pinId': 'read',
  'DELETE /api/pins/:traceId/:pinId': 'read',
  'GET /api/views/:page': 'read',
  'PUT /api/views/:page/:name': 'read',
  'DELETE /api/views/:page/:name': 'read',
  'GET /api/live': 'read',
  'GET /api/alerts': 'read',
  'GET /api/control': 'read',
  'POST /api/control/:session/commands': 'admin',
  'POST /api/query': 'read',
  'POST /api/maintenance/:task': 'admin',
  'GET /api/session': 'public',
  'POST /api/session': 'public',
  'DELETE /api/session': 'public',
  'GET /api/session/oidc': 'public',
  'GET /api/session/oidc/callback': 'public',
  'GET /api/projects': 'owner',
  'PUT /api/projects/:project': 'owner',
  'DELETE /api/projects/:project': 'owner',
  'GET /api/keys': 'admin',
  'POST /api/keys': 'admin',
  'DELETE /api/keys/:id': 'admin',
  'GET /api/people': 'owner',
  'PUT /api/people/:email': 'owner',
  'DELETE /api/people/:email': 'owner',
  'GET /api/audit': 'admin',
  'GET /api/openapi.json': 'public',
  'GET /healthz': 'public',
  'GET /metrics': 'public',
  'GET /assets/*': 'public',
  'GET /*': 'public',
};

/** The methods that an address of the API is served by: of `/api/runs/r1` GET and PUT. */
export function methodsAt(path: string): string[] {
  return routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}

const routes = Object.keys(ROUTE_RULES)
  .map((route) => route.split(' '))
  .filter(([, path = '']) => !path.endsWith('*'))
  .map(([method = '', path = '']) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
  }));
