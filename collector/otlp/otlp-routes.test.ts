import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { priceBook } from '../../domain/price-book.ts';
import { SpanBatch } from '../ingest/span-batch.ts';
import type { SpanSample } from '../ingest/span-columns.ts';
import { exampleSpan, JSON_SPAN, jsonRequest } from '../testing/example-span.ts';
import { otlpRoutes } from './otlp-routes.ts';
import { bytes, encodeTraceRequest, field, fixed64, message, text } from './protobuf-encoder.ts';
import { WireReader } from './wire-reader.ts';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const limit = 10_000;

function receiver(options: { fail?: Error } = {}) {
  const stored: SpanSample[] = [];
  const lines: string[] = [];
  const app = otlpRoutes({
    sink: {
      async add(fill) {
        if (options.fail) throw options.fail;
        const batch = new SpanBatch({ prices: priceBook([]) });
        const value = fill(batch);
        stored.push(...batch.sample(batch.rows));
        return value;
      },
    },
    maxBodyBytes: limit,
    loopback: true,
    log: (line) => lines.push(line),
  });
  const post = (path: string, body: BodyInit | Buffer, headers: Record<string, string>) =>
    app.request(path, {
      method: 'POST',
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
      headers: { host: 'localhost:4318', ...headers },
    });
  return { app, stored, lines, post };
}

const spanBody = encodeTraceRequest([exampleSpan()]);

/** The two fields of `google.rpc.Status`, or of a partial success. */
function readStatus(body: ArrayBuffer): { code: number; message: string } {
  const reader = new WireReader(Buffer.from(body));
  const status = { code: 0, message: '' };
  while (reader.next()) {
    if (reader.field === 1) status.code = reader.int32();
    else status.message = reader.text();
  }
  return status;
}

function readPartial(body: ArrayBuffer) {
  const reader = new WireReader(Buffer.from(body));
  expect(reader.next() && reader.is(1, 2)).toBe(true);
  return readStatus(new Uint8Array(reader.bytes()).buffer);
}

describe('POST /v1/traces', () => {
  it('stores protobuf and answers with an empty message of the same type (B1 to B4)', async () => {
    const { post, stored } = receiver();
    const answer = await post('/v1/traces', spanBody, { 'content-type': PROTOBUF });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(PROTOBUF);
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
    const { traceId, spanId, name } = exampleSpan();
    expect(stored).toMatchObject([{ traceId, spanId, name }]);
  });

  it.each([JSON_TYPE, 'application/json; charset=utf-8', 'Application/JSON'])(
    'stores JSON sent as %s and answers {} (B2 to B4)',
    async (type) => {
      const { post, stored } = receiver();
      const answer = await post('/v1/traces', jsonRequest(JSON_SPAN), { 'content-type': type });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(JSON_TYPE);
      expect(await answer.text()).toBe('{}');
      expect(stored).toHaveLength(1);
    },
  );

  it('takes the path of Langfuse clients (B1)', async () => {
    const { post, stored } = receiver();
    await post('/api/public/otel/v1/traces', spanBody, { 'content-type': PROTOBUF });
    expect(stored).toHaveLength(1);
  });

  it.each([
    [PROTOBUF, Buffer.alloc(0)],
    [JSON_TYPE, Buffer.alloc(0)],
    [JSON_TYPE, Buffer.from('{}')],
  ])('takes an empty request as %s (B5)', async (type, body) => {
    const { post } = receiver();
    expect((await post('/v1/traces', body, { 'content-type': type })).status).toBe(200);
  });

  it.each([
    ['gzip', gzipSync(spanBody)],
    ['GZIP', gzipSync(spanBody)],
    ['deflate', deflateSync(spanBody)],
    ['deflate', deflateRawSync(spanBody)],
    ['identity', spanBody],
  ])('inflates %s (B6)', async (encoding, body) => {
    const { post, stored } = receiver();
    const answer = await post('/v1/traces', body, { 'content-type': PROTOBUF, 'content-encoding': encoding });
    expect(answer.status).toBe(200);
    expect(stored).toHaveLength(1);
  });

  it.each([
    ['unknown content-encoding', { 'content-type': PROTOBUF, 'content-encoding': 'br' }, spanBody, 415, 3],
    ['corrupt gzip', { 'content-type': PROTOBUF, 'content-encoding': 'gzip' }, spanBody, 400, 3],
    [
      'gzip that was cut off',
      { 'content-type': PROTOBUF, 'content-encoding': 'gzip' },
      gzipSync(spanBody).subarray(0, 30),
      400,
      3,
    ],
    ['a body that is no protobuf', { 'content-type': PROTOBUF }, Buffer.from('hello'), 400, 3],
    ['too large a body', { 'content-type': PROTOBUF }, Buffer.alloc(limit + 1), 413, 8],
    [
      'a small body that inflates to too much',
      { 'content-type': PROTOBUF, 'content-encoding': 'gzip' },
      gzipSync(Buffer.alloc(limit * 100)),
      413,
      8,
    ],
  ])('refuses %s with a Status in protobuf (B6 to B9)', async (_, headers, body, status, code) => {
    const { post, stored } = receiver();
    const answer = await post('/v1/traces', body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(PROTOBUF);
    expect(readStatus(await answer.arrayBuffer())).toMatchObject({ code });
    expect(stored).toEqual([]);
  });

  it('refuses JSON that cannot be read with a Status in JSON (B8, B9)', async () => {
    const { post } = receiver();
    const answer = await post('/v1/traces', '{"resourceSpans":[', { 'content-type': JSON_TYPE });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 3, message: expect.stringMatching(/expected JSON/) });
  });

  it('refuses other content types with 415 (B2)', async () => {
    const { post } = receiver();
    const answer = await post('/v1/traces', spanBody, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({
      message: expect.stringMatching(/expected protobuf or JSON, got text\/plain/),
    });
  });

  it('stops reading a stream without a length at the limit (B7)', async () => {
    const { app } = receiver();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const answer = await app.request(
      new Request('http://localhost/v1/traces', {
        method: 'POST',
        body: endless,
        headers: { 'content-type': PROTOBUF },
        duplex: 'half',
      } as RequestInit),
    );
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(limit * 2);
  });

  it('stores nothing of a body that broke off (B15)', async () => {
    const { app, stored } = receiver();
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(spanBody));
        controller.error(new Error('the client went away'));
      },
    });
    const answer = await app.request(
      new Request('http://localhost/v1/traces', {
        method: 'POST',
        body: broken,
        headers: { 'content-type': PROTOBUF },
        duplex: 'half',
      } as RequestInit),
    );
    expect(answer.status).toBe(400);
    expect(stored).toEqual([]);
  });

  it('answers 503 with Retry-After while nothing can be stored (B10)', async () => {
    const { post } = receiver({ fail: new AppError('STORE_UNAVAILABLE', 'ClickHouse does not answer') });
    const answer = await post('/v1/traces', spanBody, { 'content-type': PROTOBUF });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(readStatus(await answer.arrayBuffer()).code).toBe(14);
  });

  it('logs a defect and tells the client nothing of it (B9)', async () => {
    const { post, lines } = receiver({ fail: new TypeError('secret') });
    const answer = await post('/v1/traces', jsonRequest(JSON_SPAN), { 'content-type': JSON_TYPE });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/secret/);
    expect(lines.join()).toMatch(/secret/);
  });

  it('keeps good spans and counts bad ones in protobuf (B11)', async () => {
    const { post, stored } = receiver();
    const body = encodeTraceRequest([
      exampleSpan(),
      exampleSpan({ traceId: '' }),
      exampleSpan({ spanId: '' }),
    ]);
    const answer = await post('/v1/traces', body, { 'content-type': PROTOBUF });
    expect(answer.status).toBe(200);
    expect(readPartial(await answer.arrayBuffer())).toEqual({
      code: 2,
      message: 'traceId: expected 16 bytes, got 0; spanId: expected 8 bytes, got 0',
    });
    expect(stored).toHaveLength(1);
  });

  it('keeps good spans and counts bad ones in JSON, the count as text (B11)', async () => {
    const { post, stored } = receiver();
    const body = jsonRequest(JSON_SPAN, { ...JSON_SPAN, traceId: '' }, { ...JSON_SPAN, traceId: '' });
    const answer = await post('/v1/traces', body, { 'content-type': JSON_TYPE });
    expect(await answer.json()).toEqual({
      partialSuccess: { rejectedSpans: '2', errorMessage: 'traceId: expected 16 bytes, got 0 (2 times)' },
    });
    expect(stored).toHaveLength(1);
  });

  it('keeps its answer short however many reasons there are (B12)', async () => {
    const { post } = receiver();
    const spans = Array.from({ length: 35 }, (_, i) => ({ ...JSON_SPAN, traceId: 'ab'.repeat(i + 17) }));
    const answer = await post('/v1/traces', jsonRequest(...spans), { 'content-type': JSON_TYPE });
    const text = await answer.text();
    expect(text.length).toBeLessThan(3000);
    expect(text).toMatch(/and 30 more reasons/);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s with 405 and Allow (B14)', async (method) => {
    const { app } = receiver();
    const answer = await app.request('/v1/traces', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['/v1/profiles', JSON_TYPE],
    ['/v1development/profiles', JSON_TYPE],
  ])('answers %s with 404 and a Status (B37)', async (path, type) => {
    const { post } = receiver();
    const answer = await post(path, '{}', { 'content-type': type });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 5 });
  });

  it('refuses log records in protobuf and stores nothing (B30)', async () => {
    const { post, stored } = receiver();
    const logs = message((out) =>
      field(out, 1, (resource) =>
        field(resource, 2, (scope) =>
          field(scope, 2, (record) => {
            fixed64(record, 1, 1n);
            field(record, 5, (body) => text(body, 1, 'hello'));
            bytes(record, 9, Buffer.from(exampleSpan().traceId, 'hex'));
            bytes(record, 10, Buffer.from(exampleSpan().spanId, 'hex'));
          }),
        ),
      ),
    );
    const answer = await post('/v1/traces', logs, { 'content-type': PROTOBUF });
    expect(answer.status).toBe(400);
    expect(readStatus(await answer.arrayBuffer()).message).toMatch(/expected spans, got log records/);
    expect(stored).toEqual([]);
  });

  it('refuses log records in JSON and stores nothing (B30)', async () => {
    const { post, stored } = receiver();
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'hello' } }] }] }] };
    const answer = await post('/v1/traces', JSON.stringify(logs), { 'content-type': JSON_TYPE });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringMatching(/got resourceLogs/) });
    expect(stored).toEqual([]);
  });

  it('refuses a request that was meant for another host', async () => {
    const { post, stored } = receiver();
    const headers = { 'content-type': JSON_TYPE, host: 'attacker.example:4318' };
    const answer = await post('/v1/traces', jsonRequest(JSON_SPAN), headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 7 });
    expect(stored).toEqual([]);
  });
});

describe('the signals that are not stored', () => {
  const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }, { logRecords: [{}] }] }] };
  const metrics = {
    resourceMetrics: [
      { scopeMetrics: [{ metrics: [{ sum: { dataPoints: [{}, {}] } }, { gauge: { dataPoints: [{}] } }] }] },
    ],
  };

  it.each([
    ['/v1/logs', logs, { rejectedLogRecords: '3', errorMessage: expect.stringMatching(/were not stored/) }],
    ['/v1/metrics', metrics, { rejectedDataPoints: '3', errorMessage: expect.stringMatching(/were not/) }],
  ])('says of each item sent to %s that it was not taken', async (path, body, partialSuccess) => {
    const { post } = receiver();
    const answer = await post(path, JSON.stringify(body), { 'content-type': JSON_TYPE });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ partialSuccess });
  });

  it('counts them in protobuf too', async () => {
    const { post } = receiver();
    const body = message((out) =>
      field(out, 1, (resource) =>
        field(resource, 2, (scope) => {
          field(scope, 2, (record) => fixed64(record, 1, 1n));
          field(scope, 2, () => {});
        }),
      ),
    );
    const answer = await post('/v1/logs', body, { 'content-type': PROTOBUF });
    expect(readPartial(await answer.arrayBuffer())).toMatchObject({ code: 2 });
  });

  it('accepts an empty export and refuses one that cannot be read', async () => {
    const { post } = receiver();
    expect(await (await post('/v1/logs', '{}', { 'content-type': JSON_TYPE })).text()).toBe('{}');
    expect((await post('/v1/metrics', '{', { 'content-type': JSON_TYPE })).status).toBe(400);
    expect((await post('/v1/metrics', Buffer.from('hello'), { 'content-type': PROTOBUF })).status).toBe(400);
  });
});
