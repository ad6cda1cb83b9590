import { describe, expect, it } from 'vitest';
import { createServerApp, type ServerDeps } from '../server-app.ts';
import { isMiddleware } from './guard.ts';
import { ROUTE_RULES } from './route-rules.ts';

/** Nothing is asked of what it is made of: only its routes are looked at. */
const { routes } = createServerApp({
  maxBodyBytes: 1,
  dashboardDirectory: '.',
  allowedHosts: [] as readonly string[],
} as ServerDeps);

describe('ROUTE_RULES', () => {
  it('has a rule for every route there is, and no other', () => {
    const answering = routes.filter((route) => !isMiddleware(route));
    const served = new Set(answering.map(({ method, path }) => `${method} ${path}`));
    expect(served.size).toBeGreaterThan(30);
    expect(Object.keys(ROUTE_RULES).toSorted()).toEqual([...served].toSorted());
  });
});
