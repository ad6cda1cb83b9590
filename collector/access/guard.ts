import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { AppError } from '../../domain/errors.ts';
import type { Access, Authenticate } from './access.ts';
import { admit } from './admit.ts';
import { ROUTE_RULES, type Rule } from './route-rules.ts';

/** What a handler finds in its context; not on public routes. */
export type AccessEnv = { Variables: { access: Access } };

/**
 * Lets through to its route what the route's rule allows, before anything of the body is read. To be used before the
 * routes.
 *
 * @throws AppError UNAUTHENTICATED, SCOPE_MISSING
 */
export function guard(authenticate: Authenticate): MiddlewareHandler {
  return async (c, next) => {
    // The first is the one that answers.
    const route = matchedRoutes(c).find((matched) => !isMiddleware(matched));
    // Nothing is there: that is said to everybody.
    if (route === undefined) return next();
    const rule = ruleOf(route);
    if (rule === 'public') return next();
    c.set('access', await admit(authenticate, c.req.raw.headers, rule));
    return next();
  };
}

/** What `use` makes of a middleware. */
export function isMiddleware({ method, path }: { method: string; path: string }): boolean {
  return method === 'ALL' && path.endsWith('*');
}

function ruleOf({ method, path }: { method: string; path: string }): Rule {
  const rule = ROUTE_RULES[`${method} ${path}`];
  if (rule === undefined) {
    throw new AppError('INTERNAL', `${method} ${path} has no rule that says who may ask it`);
  }
  return rule;
}
