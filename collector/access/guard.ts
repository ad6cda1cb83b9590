import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Scope } from '../../domain/access.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { type Access, type Authenticate, actorOf } from './access.ts';
import { admit } from './admit.ts';
import type { Audit } from './audit.ts';
import type { CountRequest } from './limits.ts';
import { ROUTE_RULES, type Rule } from './route-rules.ts';

/** What a handler finds in its context; not on public routes. `subject`: what it may leave for the audit log. */
export type AccessEnv = { Variables: { access: Access; subject?: string } };

export type GuardDeps = {
  authenticate: Authenticate;
  countRequest: CountRequest;
  audit: Pick<Audit, 'note'>;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
};

type Route = { method: string; path: string };

/**
 * Lets through to its route what the route's rule allows, before anything of the body is read, and writes down who changed
 * what. To be used before the routes.
 *
 * @throws AppError UNAUTHENTICATED, SCOPE_MISSING, RATE_LIMITED
 */
export function guard(deps: GuardDeps): MiddlewareHandler<AccessEnv> {
  return async (c, next) => {
    // The first is the one that answers.
    const route = matchedRoutes(c).find((matched) => !isMiddleware(matched));
    // Nothing is there: that is said to everybody.
    if (route === undefined) return next();
    const rule = ruleOf(route);
    if (rule === 'public') return next();
    const access = await admit(deps.authenticate, c.req.raw.headers, rule);
    deps.countRequest(access.principal, Number(c.req.header('content-length') ?? 0));
    c.set('access', access);
    await next();
    if (!isAudited(route, rule, access)) return;
    const entry = {
      at: deps.now(),
      project: access.project,
      actor: actorOf(access.principal),
      action: `${route.method} ${route.path}`,
      subject: c.var.subject ?? c.req.path,
      status: c.res.status,
    };
    await deps.audit.note(entry).catch((error: unknown) => {
      deps.log('audit.not-stored', `an entry of the audit log is not stored: ${messageOf(error)}`, entry);
    });
  };
}

/** What `use` makes of a middleware. */
export function isMiddleware({ method, path }: Route): boolean {
  return method === 'ALL' && path.endsWith('*');
}

/** Every change by an admin, and the SQL of people: that of keys is programs' and comes by the thousand. */
function isAudited({ method, path }: Route, rule: Scope, { principal }: Access): boolean {
  if (rule === 'admin' || rule === 'owner') return method !== 'GET';
  return path === '/api/query' && principal.kind === 'person';
}

function ruleOf({ method, path }: Route): Rule {
  const rule = ROUTE_RULES[`${method} ${path}`];
  if (rule === undefined) {
    throw new AppError('INTERNAL', `${method} ${path} has no rule that says who may ask it`);
  }
  return rule;
}
