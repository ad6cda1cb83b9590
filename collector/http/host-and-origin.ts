import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../domain/errors.ts';

export type HostOptions = {
  /** Whether it listens on loopback, where only local names are answered. */
  loopback: boolean;
  /** Names under which it is reached besides. */
  allowedHosts: readonly string[];
};

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses requests that were meant for another host, and changes that a page of another origin asks for. A page of the
 * web can point its own name at this address (DNS rebinding) and would then read from here as its own; its Host header
 * gives it away. An address of digits cannot be pointed elsewhere.
 *
 * @throws AppError FORBIDDEN
 */
export function ownHostAndOrigin({ loopback, allowedHosts }: HostOptions): MiddlewareHandler {
  const names = new Set([...loopbackNames, ...allowedHosts.map((name) => name.toLowerCase())]);
  const isOwn = (name: string) => names.has(name) || (!loopback && isIP(name.replace(/^\[|\]$/g, '')) !== 0);
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase();
    if (host !== undefined && !isOwn(host.replace(/:\d+$/, ''))) {
      const others = loopback ? '' : ' or an address of digits';
      throw new AppError('FORBIDDEN', `host: expected ${[...names].join(', ')}${others}, got ${host}`);
    }
    const origin = c.req.header('origin');
    // Browsers let any page open a WebSocket anywhere, without asking first.
    const changes = !readingMethods.includes(c.req.method) || c.req.header('upgrade') !== undefined;
    if (origin !== undefined && changes && hostOf(origin) !== host) {
      throw new AppError('FORBIDDEN', `origin: expected a page of ${host ?? 'this host'}, got ${origin}`);
    }
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
