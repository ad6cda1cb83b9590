import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';

/**
 * Refuses what a page of another site asks for. Browsers let any page open a WebSocket anywhere, without asking first;
 * its Origin header gives it away. Clients that are no browsers send none.
 */
export function sameOriginOnly(): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const host = c.req.header('host');
    if (origin !== undefined && hostOf(origin) !== host?.toLowerCase()) {
      throw new AppError('FORBIDDEN', `origin: expected ${host}, got ${origin}`);
    }
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
