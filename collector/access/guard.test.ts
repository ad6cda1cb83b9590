import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../domain/access.ts';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { onError } from '../http/on-error.ts';
import { type AccessEnv, guard } from './guard.ts';

/** What answers a request of somebody with these scopes. */
async function ask(method: string, path: string, ...scopes: Scope[]) {
  const lines: string[] = [];
  const noted: unknown[] = [];
  const app = new Hono<AccessEnv>()
    .use(
      guard({
        authenticate: async () => ({
          project: DEFAULT_PROJECT,
          principal: { kind: 'anyone' },
          scopes: new Set(scopes),
        }),
        limits: { take: () => {}, charge: () => {} },
        audit: { note: async ({ actor, action, status }) => void noted.push([actor, action, status]) },
        now: () => 0,
        log: (_event, line) => lines.push(line),
      }),
    )
    .get('/healthz', (c) => c.json({ project: c.var.access?.project ?? null }))
    .get('/api/runs', (c) => c.json({ project: c.var.access.project }))
    .put('/api/runs/:runId', (c) => c.json({ project: c.var.access.project }))
    .delete('/api/data', (c) => c.json('deleted'))
    .get('/api/forgotten', (c) => c.json('a route without a rule'));
  app.onError(onError((_event, line) => lines.push(line)));
  const response = await app.request(path, { method });
  const body = await response.text();
  return { status: response.status, body, lines, noted };
}

describe('guard', () => {
  it.each([
    ['GET', '/api/runs', 'read', 'ingest'],
    ['HEAD', '/api/runs', 'read', 'ingest'],
    ['PUT', '/api/runs/r1', 'runs', 'ingest'],
  ] as const)('lets %s %s through with the scope %s alone', async (method, path, enough, other) => {
    expect((await ask(method, path, enough)).status).toBe(200);
    expect((await ask(method, path, other)).status).toBe(403);
  });

  it('writes down what admins change, and nothing of what is read', async () => {
    expect((await ask('DELETE', '/api/data', 'admin')).noted).toEqual([['anyone', 'DELETE /api/data', 200]]);
    expect((await ask('GET', '/api/runs', 'read')).noted).toEqual([]);
  });

  it('asks nobody of a public route, and gives it no project', async () => {
    expect(await ask('GET', '/healthz')).toMatchObject({ status: 200, body: '{"project":null}' });
  });

  it('answers nobody at a route without a rule', async () => {
    const { status, body, lines } = await ask('GET', '/api/forgotten', 'read', 'ingest', 'admin');
    expect([status, lines]).toEqual([500, [expect.stringMatching('GET /api/forgotten has no rule')]]);
    expect(body).not.toContain('a route without');
  });

  it('tells everybody that there is nothing at an address', async () => {
    expect((await ask('GET', '/api/nothing')).status).toBe(404);
  });
});
