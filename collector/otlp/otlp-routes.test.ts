import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { OPEN_ACCESS } from '../access/access.ts';
import { JSON_SPAN, jsonRequest } from '../testing/example-span.ts';
import { readStatus } from '../testing/read-status.ts';
import { bodyBudget } from './body-budget.ts';
import { type OtlpEnv, otlpRoutes } from './otlp-routes.ts';
import { Rejections } from './rejections.ts';

/** What only a receiver that fails, and a body that never ends, can show; the rest is in the checklists. */

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const limit = 10_000;

function routes(options: { fail?: Error; budget?: number; limit?: number } = {}) {
  const received: Buffer[] = [];
  const lines: string[] = [];
  const app = new Hono<OtlpEnv>().use((c, next) => {
    c.set('access', OPEN_ACCESS);
    return next();
  });
  const otlp = otlpRoutes({
    async receive(_project, _signal, body) {
      if (options.fail) throw options.fail;
      received.push(Buffer.from(body));
      return new Rejections();
    },
    bodies: bodyBudget(options.budget ?? limit),
    maxBodyBytes: options.limit ?? limit,
    log: (_event, line) => lines.push(line),
  });
  app.route('/', otlp);
  const post = (body: string | ReadableStream<Uint8Array>, type: string, announced?: number) =>
    app.request(
      new Request('http://localhost/v1/traces', {
        method: 'POST',
        body,
        headers: {
          'content-type': type,
          ...(announced === undefined ? {} : { 'content-length': String(announced) }),
        },
        duplex: 'half',
      } as RequestInit),
    );
  return { received, lines, post };
}

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe('the routes of OTLP', () => {
  it('stop reading a stream without a length at the limit (B7)', async () => {
    const { post } = routes({ budget: limit * 2 });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    expect((await post(endless, PROTOBUF)).status).toBe(413);
    expect(sent).toBeLessThan(limit * 2);
  });

  it('read a body as it comes, in whatever pieces and whatever length it announces', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunks, { minLength: 1, maxLength: 3 }),
        fc.option(fc.nat(400_000), { nil: undefined }),
        async (bodies, announced) => {
          const { received, post } = routes({ budget: 1_000_000, limit: 500_000 });
          await Promise.all(bodies.map((pieces) => post(streamOf(pieces), PROTOBUF, announced)));
          const texts = (list: Uint8Array[]) =>
            list.map((bytes) => Buffer.from(bytes).toString('hex')).sort();
          expect(texts(received)).toEqual(texts(bodies.map((pieces) => Buffer.concat(pieces))));
        },
      ),
    );
  });

  it('store nothing of a body that broke off (B15)', async () => {
    const { received, post } = routes();
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error('the client went away'));
      },
    });
    expect((await post(broken, PROTOBUF)).status).toBe(400);
    expect(received).toEqual([]);
  });

  it.each(['STORE_UNAVAILABLE', 'INGEST_FULL', 'DISK_FULL'] as const)(
    'answer 503 with Retry-After to %s (B10)',
    async (code) => {
      const { post } = routes({ fail: new AppError(code, 'not now') });
      const answer = await post(jsonRequest(JSON_SPAN), PROTOBUF);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(readStatus(Buffer.from(await answer.arrayBuffer()))).toMatchObject({ code: 14 });
    },
  );

  it('log a defect and tell the client nothing of it (B9)', async () => {
    const { post, lines } = routes({ fail: new TypeError('secret') });
    const answer = await post(jsonRequest(JSON_SPAN), JSON_TYPE);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/secret/);
    expect(lines.join()).toMatch(/secret/);
  });

  it('give back the share of memory of every request, however it ends', async () => {
    const body = 'x'.repeat(limit);
    const fine = routes({ budget: limit });
    for (let i = 0; i < 3; i++) expect((await fine.post(body, PROTOBUF)).status).toBe(200);
    const failing = routes({ budget: limit, fail: new AppError('BODY_UNDECODABLE', 'no') });
    for (let i = 0; i < 3; i++) expect((await failing.post(body, PROTOBUF)).status).toBe(400);
    const small = routes({ budget: limit - 1 });
    expect((await small.post(body, PROTOBUF)).status).toBe(503);
  });
});
