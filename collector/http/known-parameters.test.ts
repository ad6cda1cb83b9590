import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { knownParameters } from './known-parameters.ts';
import { onError } from './on-error.ts';
import { validate } from './validate.ts';

const things = new Hono()
  .get('/', validate('query', z.object({ agent: z.string().optional(), from: z.string().optional() })), (c) =>
    c.json(c.req.valid('query')),
  )
  .get('/any', validate('query', z.looseObject({ state: z.string() })), (c) => c.json('any'))
  .delete('/:id', (c) => c.json('deleted'));

/** Mounted as the API is: its own way to refuse is put around each of its handlers. */
const api = new Hono().use('/api/*', knownParameters).route('/api/things', things);
api.onError(onError(() => {}));
const app = new Hono().route('/', api).get('/*', (c) => c.text('the page'));

async function ask(path: string, method = 'GET') {
  const answer = await app.request(path, { method });
  return { status: answer.status, body: await answer.text() };
}

describe('knownParameters', () => {
  it('lets through what the route knows', async () => {
    expect(await ask('/api/things?agent=a')).toEqual({ status: 200, body: '{"agent":"a"}' });
  });

  it('names what it does not know, and what there is', async () => {
    const { status, body } = await ask('/api/things?agnet=a&from=1&to=2');
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toMatchObject({
      code: 'BAD_REQUEST',
      message: 'query: expected only agent, from, got agnet, to',
    });
  });

  it('knows none where a route reads none: what changes something is not done', async () => {
    const { status, body } = await ask('/api/things/1?preveiw=true', 'DELETE');
    expect([status, JSON.parse(body).error.message]).toEqual([
      400,
      'query: expected no parameters, got preveiw',
    ]);
  });

  it('leaves alone what takes any, and what is not of the API', async () => {
    expect((await ask('/api/things/any?state=s&iss=x')).status).toBe(200);
    expect((await ask('/traces?utm_source=mail')).body).toBe('the page');
    expect((await ask('/api/nothing?x=1')).body).toBe('the page');
  });
});
