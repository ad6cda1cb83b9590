import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { notFound } from './not-found.ts';
import { onError } from './on-error.ts';

const app = new Hono();
app.notFound(notFound);
app.onError(onError(() => {}));

describe('notFound', () => {
  it('names the methods that the address is served by', async () => {
    const answer = await app.request('/api/runs/r1', { method: 'PATCH' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PUT']);
    expect(await answer.json()).toMatchObject({
      error: { code: 'METHOD_NOT_ALLOWED', message: 'expected GET or PUT, got PATCH' },
    });
  });

  it.each(['/api/run', '/api/openapiXjson', '/api/runs/', '/traces'])('knows nothing at %s', async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });
});
