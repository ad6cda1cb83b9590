import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests that were meant for another host. A page of the web can point its own name at 127.0.0.1 (DNS
 * rebinding) and would then read from here as its own; its Host header gives it away.
 */
export function loopbackHostOnly(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host');
    if (host !== undefined && !loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase())) {
      throw new AppError('FORBIDDEN', `host: expected localhost, 127.0.0.1 or [::1], got ${host}`);
    }
    await next();
  };
}
