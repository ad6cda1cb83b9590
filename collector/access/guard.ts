import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Scope } from '../../domain/access.ts';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { type Access, type Authenticate, actorOf } from './access.ts';
import { admit } from './admit.ts';
import type { Audit } from './audit.ts';
import { countedBody } from './counted-body.ts';
import type { Limits } from './limits.ts';
import { ROUTE_RULES, type Rule } from './route-rules.ts';
import { type UntilRefused, untilRefused } from './until-refused.ts';

/**
 * What a handler finds in its context; not on public routes. `untilRefused`: for what it leaves open. `subject`: what it
 * may leave for the audit log.
 */
export type AccessEnv = { Variables: { access: Access; untilRefused: UntilRefused; subject?: string } };

export type GuardDeps = {
  authenticate: Authenticate;
  limits: Limits;
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
    const { headers } = c.req.raw;
    const ask = () => admit(deps.authenticate, headers, rule);
    const access = await ask();
    countRequest(c, access, deps.limits);
    c.set('access', access);
    c.set('untilRefused', untilRefused(access, ask));
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

function countRequest(c: Context, { principal }: Access, limits: Limits): void {
  const announced = c.req.header('content-length');
  limits.take(principal, Number(announced ?? 0));
  if (announced === undefined && principal.kind === 'key' && principal.limits.bytes !== null) {
    countedBody(c, (bytes) => limits.charge(principal, bytes));
  }
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
