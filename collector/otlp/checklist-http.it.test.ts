import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSpan, JSON_SPAN, jsonRequest } from '../testing/example-span.ts';
import { type RawRequest, rawHttp } from '../testing/raw-http.ts';
import { readPartial, readStatus } from '../testing/read-status.ts';
import { logsRequest, REQUESTS } from '../testing/signal-requests.ts';
import { type CheckedCollector, startCheckedCollector } from '../testing/start-checked-collector.ts';
import type { Encoding } from './encoding.ts';
import { encodeTraceRequest } from './protobuf-encoder.ts';
import { SIGNALS } from './signal.ts';

/** The receiver's checklist for OTLP over HTTP, line by line; each test starts with the line's number. */

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const limit = 200_000;
const TYPES: Record<Encoding, string> = { protobuf: PROTOBUF, json: JSON_TYPE };
const ENCODINGS = ['protobuf', 'json'] as const;
const TABLES = { traces: 'spans', logs: 'logs', metrics: 'metric_points' };

let collector: CheckedCollector;
beforeAll(async () => {
  collector = await startCheckedCollector({ maxBodyBytes: limit });
});
afterAll(() => collector.close());

const send = (path: string, request: RawRequest = {}) => rawHttp(collector.url + path, request);

const post = (path: string, type: string, body: RawRequest['body'], headers: Record<string, string> = {}) =>
  send(path, { headers: { 'content-type': type, ...headers }, ...(body === undefined ? {} : { body }) });

const spanOf = (traceId: string) => encodeTraceRequest([exampleSpan({ traceId })]);
const traceId = (digit: string) => digit.repeat(32);

async function spansOf(id: string): Promise<number> {
  const rows = await collector.sql(
    'SELECT toInt32(count()) AS n FROM spans FINAL WHERE trace_id = unhex({id:String})',
    {
      id,
    },
  );
  return Number(rows[0]?.n);
}

describe.each(ENCODINGS)('in %s', (encoding) => {
  it.each(SIGNALS)(
    'B1 takes /v1/%s, under the path of Langfuse clients too, and stores it',
    async (signal) => {
      for (const prefix of ['', '/api/public/otel']) {
        const answer = await post(`${prefix}/v1/${signal}`, TYPES[encoding], REQUESTS[signal][encoding]);
        expect(answer.status).toBe(200);
      }
      const [row] = await collector.sql(`SELECT toInt32(count()) AS n FROM ${TABLES[signal]} FINAL`);
      expect(Number(row?.n)).toBeGreaterThanOrEqual(1);
    },
  );

  it.each(SIGNALS)(
    'B3 B4 answers /v1/%s in its own type, with nothing where all was taken',
    async (signal) => {
      const answer = await post(`/v1/${signal}`, TYPES[encoding], REQUESTS[signal][encoding]);
      expect(answer.headers['content-type']).toBe(TYPES[encoding]);
      expect(answer.body.toString()).toBe(encoding === 'json' ? '{}' : '');
    },
  );

  it.each(SIGNALS)('B5 takes an empty request to /v1/%s', async (signal) => {
    const answer = await post(`/v1/${signal}`, TYPES[encoding], Buffer.alloc(0));
    expect([answer.status, answer.body.toString()]).toEqual([200, encoding === 'json' ? '{}' : '']);
  });

  it.each(SIGNALS)('B8 B9 refuses what is no request to /v1/%s with 400 and a Status', async (signal) => {
    const answer = await post(`/v1/${signal}`, TYPES[encoding], Buffer.from('{"resourceSpans":['));
    expect([answer.status, answer.headers['content-type']]).toEqual([400, TYPES[encoding]]);
    if (encoding === 'json') {
      expect(JSON.parse(answer.body.toString())).toEqual({
        code: 3,
        message: expect.stringMatching(/^expected JSON: /),
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ description: expect.stringMatching(/^expected JSON: /) }],
          },
        ],
      });
    } else {
      expect(readStatus(answer.body)).toEqual({
        code: 3,
        message: expect.stringMatching(/^expected protobuf: /),
        details: ['google.rpc.BadRequest'],
      });
    }
  });

  it('B9 refuses everything with a Status of the same type', async () => {
    const body = REQUESTS.traces[encoding];
    const type = { 'content-type': TYPES[encoding] };
    const refusals = [
      await send('/v1/traces', { method: 'GET', headers: type }),
      await send('/v1/nothing', { headers: type, body }),
      await send('/v1/traces', { headers: type, body: Buffer.alloc(limit + 1) }),
      await send('/v1/traces', { headers: { ...type, 'content-encoding': 'br' }, body }),
      await send('/v1/traces', { headers: { ...type, host: 'attacker.example' }, body }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([405, 404, 413, 415, 403]);
    for (const { headers, body: refusal } of refusals) {
      expect(headers['content-type']).toBe(TYPES[encoding]);
      const status = encoding === 'json' ? JSON.parse(refusal.toString()) : readStatus(refusal);
      expect(status).toMatchObject({
        code: expect.any(Number),
        message: expect.stringMatching(/expected|there is no/),
      });
      expect(status.code).toBeGreaterThan(0);
    }
  });
});

describe('the type of a body', () => {
  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;foo=bar'])(
    'B2 may be %s',
    async (type) => {
      expect((await post('/v1/traces', type, REQUESTS.traces.json)).status).toBe(200);
    },
  );

  it.each(['application/x-protobuf; proto=x', 'APPLICATION/X-PROTOBUF', 'application/protobuf'])(
    'B2 may be %s',
    async (type) => {
      expect((await post('/v1/traces', type, REQUESTS.traces.protobuf)).status).toBe(200);
    },
  );

  it('B2 refuses any other with 415', async () => {
    const answer = await post('/v1/traces', 'text/plain', REQUESTS.traces.json);
    expect([answer.status, JSON.parse(answer.body.toString())]).toMatchObject([
      415,
      { code: 3, message: expect.stringMatching(/expected protobuf or JSON, got text\/plain/) },
    ]);
    expect((await send('/v1/traces', { body: 'x' })).status).toBe(415);
  });
});

describe('envelopes', () => {
  it.each([
    ['traces', { resourceSpans: [] }],
    ['traces', { resourceSpans: [{}] }],
    ['traces', { resourceSpans: [{ resource: {}, scopeSpans: [] }] }],
    ['traces', { resourceSpans: [{ scopeSpans: [{ scope: {} }] }] }],
    ['logs', { resourceLogs: [{ scopeLogs: [{}] }] }],
    ['metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'x', sum: {} }] }] }] }],
  ])('B5 may be empty at any level (%s %j)', async (signal, body) => {
    const answer = await post(`/v1/${signal}`, JSON_TYPE, JSON.stringify(body));
    expect([answer.status, answer.body.toString()]).toEqual([200, '{}']);
  });

  it('B5 may be empty at any level in protobuf', async () => {
    // resource_spans {}, resource_spans { scope_spans {} }
    for (const bytes of [
      [0x0a, 0],
      [0x0a, 2, 0x12, 0],
    ]) {
      for (const signal of SIGNALS) {
        expect((await post(`/v1/${signal}`, PROTOBUF, Buffer.from(bytes))).status).toBe(200);
      }
    }
  });
});

describe('compression', () => {
  it.each([
    ['gzip', gzipSync],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['identity', (bytes: Buffer) => bytes],
  ])('B6 takes %s', async (name, pack) => {
    for (const signal of SIGNALS) {
      const body = pack(REQUESTS[signal].protobuf);
      const answer = await post(`/v1/${signal}`, PROTOBUF, body, { 'content-encoding': name });
      expect(answer.status).toBe(200);
    }
  });

  it('B6 refuses an unknown one with 415, and corrupt gzip with 400', async () => {
    const packed = gzipSync(REQUESTS.traces.protobuf);
    const tries = [
      ['br', packed],
      ['gzip', REQUESTS.traces.protobuf],
      ['gzip', packed.subarray(0, packed.length - 9)],
      ['deflate', Buffer.from('hello')],
    ] as const;
    const answers = await Promise.all(
      tries.map(([name, body]) => post('/v1/traces', PROTOBUF, body, { 'content-encoding': name })),
    );
    expect(answers.map(({ status }) => status)).toEqual([415, 400, 400, 400]);
  });
});

describe('the size limit', () => {
  it('B7 size limit holds for what is sent, with a length and chunked', async () => {
    const [whole, chunked] = [Buffer.alloc(limit + 1), Array<Buffer>(30).fill(Buffer.alloc(10_000))];
    for (const body of [whole, chunked]) {
      const answer = await post('/v1/traces', PROTOBUF, body).catch(() => null);
      // The answer may come while the rest is still being sent, and the connection end then.
      if (answer !== null) expect([answer.status, readStatus(answer.body).code]).toEqual([413, 8]);
    }
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
  });

  it('B7 size limit holds for what it inflates to', async () => {
    const bomb = gzipSync(Buffer.alloc(limit * 1000));
    for (const signal of SIGNALS) {
      const answer = await post(`/v1/${signal}`, PROTOBUF, bomb, { 'content-encoding': 'gzip' });
      expect([answer.status, readStatus(answer.body).code]).toEqual([413, 8]);
    }
  });

  it('B7 size limit lets what is just within pass', async () => {
    const padding = (length: number) => jsonRequest({ ...JSON_SPAN, name: 'x'.repeat(length) });
    const body = padding(limit - padding(0).length);
    expect(body.length).toBe(limit);
    expect((await post('/v1/traces', JSON_TYPE, body)).status).toBe(200);
  });
});

describe('a part of a request', () => {
  it('B11 is kept where the rest is rejected, with the count in JSON as text', async () => {
    const body = jsonRequest({ ...JSON_SPAN, traceId: traceId('a') }, { ...JSON_SPAN, traceId: '' });
    const answer = await post('/v1/traces', JSON_TYPE, body);
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '1', errorMessage: 'traceId: expected 16 bytes, got 0' } },
    ]);
    expect(await spansOf(traceId('a'))).toBe(1);
  });

  it('B11 is kept where the rest is rejected, in protobuf', async () => {
    const body = encodeTraceRequest([
      exampleSpan({ traceId: traceId('b') }),
      exampleSpan({ traceId: traceId('b'), spanId: '' }),
    ]);
    const answer = await post('/v1/traces', PROTOBUF, body);
    expect(answer.status).toBe(200);
    expect(readPartial(answer.body)).toEqual({
      rejected: 1,
      message: expect.stringMatching(/^spanId: expected 8 bytes/),
    });
    expect(await spansOf(traceId('b'))).toBe(1);
  });

  it('B12 is told of in a short answer, however many reasons there are', async () => {
    const spans = Array.from({ length: 300 }, (_, i) => ({ ...JSON_SPAN, name: { i: 'x'.repeat(i) } }));
    const ids = Array.from({ length: 300 }, (_, i) => ({
      ...JSON_SPAN,
      kind: `KIND_${i}_${'x'.repeat(99)}`,
    }));
    const answer = await post('/v1/traces', JSON_TYPE, jsonRequest(...spans, ...ids));
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBeLessThan(4096);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ partialSuccess: { rejectedSpans: '600' } });
  });
});

describe('an answer', () => {
  const refused = Buffer.from('{');

  it('B13 is gzipped only where the request asks for it', async () => {
    const asked = await post('/v1/traces', JSON_TYPE, refused, { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(asked.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(asked.body).toString())).toMatchObject({ code: 3 });
    for (const headers of [{}, { 'accept-encoding': 'gzip;q=0' }, { 'accept-encoding': 'deflate' }]) {
      const plain = await post('/v1/traces', JSON_TYPE, refused, headers);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(plain.body.toString())).toMatchObject({ code: 3 });
    }
  });
});

describe('connections', () => {
  it('B14 are kept alive, and carry parallel requests of one client', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    let sockets = 0;
    agent.on('free', () => {});
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (...given: Parameters<typeof create>) => {
      sockets++;
      return create(...given);
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        send('/v1/traces', { agent, headers: { 'content-type': PROTOBUF }, body: REQUESTS.traces.protobuf }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(sockets).toBe(2);
    agent.destroy();
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('B14 refuse %s with 405 and Allow', async (method) => {
    const answer = await send('/v1/logs', { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST, OPTIONS']);
  });

  it('B14 answer OPTIONS, and allow no page of another origin to send', async () => {
    const answer = await send('/v1/traces', {
      method: 'OPTIONS',
      headers: { origin: 'https://attacker.example', 'access-control-request-method': 'POST' },
    });
    expect([answer.status, answer.headers.allow]).toEqual([204, 'POST, OPTIONS']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('B15 that end within a body leave nothing of it, and the next request works', async () => {
    const body = spanOf(traceId('c'));
    const { hostname, port } = new URL(collector.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${PROTOBUF}\r\nContent-Length: ${body.length + 10}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), body]));
    socket.end();
    socket.resume();
    await once(socket, 'close');
    expect(await spansOf(traceId('c'))).toBe(0);
    expect((await post('/v1/traces', PROTOBUF, spanOf(traceId('d')))).status).toBe(200);
    expect(await spansOf(traceId('d'))).toBe(1);
  });
});

describe('profiles', () => {
  it.each(['/v1development/profiles', '/v1/profiles'])(
    'B37 at %s are not found, with a Status',
    async (path) => {
      const answer = await post(path, PROTOBUF, Buffer.alloc(0));
      expect([answer.status, readStatus(answer.body).code]).toEqual([404, 5]);
      const inJson = await post(path, JSON_TYPE, JSON.stringify(logsRequest()));
      expect([inJson.status, JSON.parse(inJson.body.toString())]).toMatchObject([404, { code: 5 }]);
    },
  );
});
