import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { findTargetHandler } from 'hono/utils/handler';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { isMiddleware } from '../access/guard.ts';
import { validationOf } from './validate.ts';

/**
 * Refuses query parameters that the route of the API does not know: a filter with a mistyped name, passed over, would give
 * an answer about everything that is taken for one about a part. A route that validates a loose object takes any.
 *
 * @throws AppError BAD_REQUEST
 */
export const knownParameters: MiddlewareHandler = async (c, next) => {
  const known = knownBy(c);
  const unknown = Object.keys(c.req.queries()).filter((name) => !known?.includes(name));
  if (known && unknown.length > 0) {
    const expected = known.length === 0 ? 'no parameters' : `only ${known.join(', ')}`;
    throw new AppError('BAD_REQUEST', `query: expected ${expected}, got ${unknown.join(', ')}`);
  }
  await next();
};

/** The parameters of the route that answers; `null` where it takes any, or nothing is there. */
function knownBy(c: Context): string[] | null {
  const matched = matchedRoutes(c);
  const route = matched.find((one) => !isMiddleware(one));
  if (!route?.path.startsWith('/api/')) return null;
  const schemas = matched
    .filter(({ method, path }) => method === route.method && path === route.path)
    .map(({ handler }) => validationOf(findTargetHandler(handler)))
    .flatMap((found) =>
      found?.target === 'query' && found.schema instanceof z.ZodObject ? [found.schema] : [],
    );
  if (schemas.some(({ def }) => def.catchall !== undefined)) return null;
  return schemas.flatMap(({ shape }) => Object.keys(shape));
}
