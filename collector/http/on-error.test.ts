import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onError } from './on-error.ts';
import { validate } from './validate.ts';

const lines: string[] = [];
const app = new Hono().post('/', validate('json', z.object({ sql: z.string() })), (c) => c.json({}));
app.onError(onError((_, line) => lines.push(line)));

describe('a body of JSON', () => {
  it.each([
    ['{"sql":', 'json: expected JSON, got a body that is none'],
    ['{"sq":""}', 'json: sql: expected string, got nothing'],
    ['{"sql":7}', 'json: sql: expected string, got 7'],
  ])('%s is refused with what was expected and what came', async (body, message) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.request('/', { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'BAD_REQUEST', message } });
    expect(lines).toEqual([]);
  });
});
