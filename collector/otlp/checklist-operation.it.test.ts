import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCollector } from '../server.ts';
import { exampleSpan } from '../testing/example-span.ts';
import { grpcClient } from '../testing/grpc-client.ts';
import { rawHttp } from '../testing/raw-http.ts';
import { readStatus } from '../testing/read-status.ts';
import { REQUESTS } from '../testing/signal-requests.ts';
import { type CheckedCollector, startCheckedCollector } from '../testing/start-checked-collector.ts';
import { encodeTraceRequest } from './protobuf-encoder.ts';
import { SIGNALS } from './signal.ts';

/** The receiver's checklist for operation, line by line; each test starts with the line's number. */

const PROTOBUF = { 'content-type': 'application/x-protobuf' };

let collector: CheckedCollector;
beforeAll(async () => {
  collector = await startCheckedCollector();
});
afterAll(() => collector.close());

const spanIds = (count: number) =>
  Array.from({ length: count }, (_, i) => (i + 1).toString(16).padStart(16, '0'));

function batch(traceId: string, count: number): Buffer {
  return encodeTraceRequest(spanIds(count).map((spanId) => exampleSpan({ traceId, spanId })));
}

async function countSpans({ sql }: CheckedCollector, traceDigit: string): Promise<number> {
  const [row] = await sql(
    'SELECT toInt32(count()) AS n FROM spans FINAL WHERE startsWith(lower(hex(trace_id)), {prefix:String})',
    { prefix: traceDigit.repeat(24) },
  );
  return Number(row?.n);
}

const traceIdOf = (digit: string, number: number) => digit.repeat(24) + number.toString(16).padStart(8, '0');

describe('overload', () => {
  it.each(SIGNALS)('B10 is answered with 503, Retry-After and a Status for %s', async (signal) => {
    const full = await startCheckedCollector({ maxSegmentBytes: 1 });
    const url = `${full.url}/v1/${signal}`;
    const inProtobuf = await rawHttp(url, { headers: PROTOBUF, body: REQUESTS[signal].protobuf });
    expect([inProtobuf.status, inProtobuf.headers['retry-after']]).toEqual([503, '1']);
    expect(readStatus(inProtobuf.body)).toMatchObject({ code: 14, details: ['google.rpc.RetryInfo'] });
    const inJson = await rawHttp(url, {
      headers: { 'content-type': 'application/json' },
      body: REQUESTS[signal].json,
    });
    expect([inJson.status, JSON.parse(inJson.body.toString())]).toMatchObject([
      503,
      { code: 14, details: [{ retryDelay: '1s' }] },
    ]);
    expect((await rawHttp(url, { headers: PROTOBUF, body: Buffer.alloc(0) })).status).toBe(200);
    await full.close();
  });
});

describe('many at once', () => {
  it('B39 are all stored, without a refusal', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        rawHttp(`${collector.url}/v1/traces`, { headers: PROTOBUF, body: batch(traceIdOf('a', i), 100) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect(await countSpans(collector, 'a')).toBe(4000);
  });

  it('B39 are refused once the log is full while ClickHouse is away, and all stored after it is back', async () => {
    const small = await startCheckedCollector({ maxSegmentBytes: 100_000 });
    small.clickHouse.cut();
    const deliver = async (number: number) => {
      const body = batch(traceIdOf('b', number), 100);
      const { status, headers } = await rawHttp(`${small.url}/v1/traces`, { headers: PROTOBUF, body });
      return { number, status, retryAfter: headers['retry-after'] };
    };
    const first = await Promise.all(Array.from({ length: 30 }, (_, number) => deliver(number)));
    const second = await deliver(30);
    for (let number = 31; (await deliver(number)).status === 200; number++) expect(number).toBeLessThan(1000);
    expect(first.concat(second).every(({ status }) => status === 200 || status === 503)).toBe(true);

    small.clickHouse.mend();
    let taken = 0;
    for (const { number } of first.concat(second)) {
      while ((await deliver(number)).status !== 200) await sleep(50);
      taken++;
    }
    expect(
      await small.sql(
        'SELECT toInt32(uniqExact(trace_id)) AS traces, toInt32(uniqExact(trace_id, span_id)) AS n FROM spans FINAL WHERE trace_id <= unhex({last:String})',
        { last: traceIdOf('b', 30) },
      ),
    ).toEqual([{ traces: taken, n: taken * 100 }]);
    await small.close();
  });

  it('B39 hold a bounded share of memory: beyond it they are asked to come again', async () => {
    const maxBodyBytes = 100_000;
    const small = await startCheckedCollector({ maxBodyBytes });
    const { hostname, port } = new URL(small.url);
    const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${maxBodyBytes}\r\n\r\n`;
    const held = Array.from({ length: 5 }, () => connect(Number(port), hostname));
    const answers: string[] = [];
    for (const socket of held) {
      socket.on('data', (data) => answers.push(data.toString()));
      socket.on('error', () => {});
      socket.write(head + 'x'.repeat(maxBodyBytes - 1));
    }
    while (answers.length === 0) await sleep(5);
    expect(answers[0]).toMatch(/^HTTP\/1.1 503 [\s\S]*retry-after: 1\r\n/i);
    for (const socket of held) socket.destroy();
    const again = async () =>
      (await rawHttp(`${small.url}/v1/traces`, { headers: PROTOBUF, body: batch(traceIdOf('c', 1), 1) }))
        .status;
    while ((await again()) === 503) await sleep(5);
    expect(await countSpans(small, 'c')).toBe(1);
    await small.close();
  });
});

describe('credentials', () => {
  it('B40 are ignored where none are asked for', async () => {
    const headers = { ...PROTOBUF, authorization: 'Bearer x', 'x-langfuse-public-key': 'pk' };
    const body = batch(traceIdOf('d', 1), 1);
    expect((await rawHttp(`${collector.url}/v1/traces`, { headers, body })).status).toBe(200);
    const client = grpcClient(collector.grpcUrl);
    expect(await client.call('trace.v1.TraceService', body, { authorization: 'Bearer x' })).toMatchObject({
      code: 0,
    });
    client.close();
  });
});

describe('shutdown', () => {
  it('B41 answers what is under way, and what was acknowledged is there after the next start', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'rehearse-'));
    const first = await startCollector({ dataDirectory, port: 0, grpcPort: 0 });
    const { hostname, port } = new URL(first.url);
    const body = batch(traceIdOf('e', 1), 3);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${body.length}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, 50)]));
    const client = grpcClient(first.grpcUrl ?? '');
    const call = client.call('trace.v1.TraceService', batch(traceIdOf('e', 2), 2));
    // Until the server has it, it is not under way.
    await rawHttp(`${first.url}/v1/traces`, { headers: PROTOBUF, body: batch(traceIdOf('e', 3), 1) });
    const closing = first.close();
    const answered = once(socket, 'data');
    socket.write(body.subarray(50));
    expect(String((await answered)[0])).toMatch(/^HTTP\/1.1 200 /);
    expect(await call).toMatchObject({ code: 0 });
    socket.destroy();
    client.close();
    await closing;

    const second = await startCollector({ dataDirectory, port: 0 });
    const totals = [1, 2, 3].map(async (number) => {
      const answer = await fetch(`${second.url}/api/traces/${traceIdOf('e', number)}`);
      return ((await answer.json()) as { trace: { spans: number } }).trace.spans;
    });
    expect(await Promise.all(totals)).toEqual([3, 2, 1]);
    await second.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });
});

describe('the environment of an SDK', () => {
  /** An application in a process of its own, set up by the environment alone; its trace's id. */
  async function emit(environment: Record<string, string>): Promise<string> {
    const program = join(import.meta.dirname, '..', 'testing', 'emit-signals.ts');
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_LOGS_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_SERVICE_NAME: 'emitter',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x',
        ...environment,
      },
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const [code] = await once(child, 'close');
    expect([code, errors]).toEqual([0, '']);
    return output;
  }

  async function storedOf(traceId: string) {
    const rows = await collector.sql(
      `SELECT (SELECT toInt32(count()) FROM spans FINAL WHERE trace_id = unhex({id:String})) AS spans,
         (SELECT toInt32(count()) FROM logs FINAL WHERE trace_id = unhex({id:String}) AND service = 'emitter') AS logs`,
      { id: traceId },
    );
    return rows[0];
  }

  const points = async () =>
    (
      await collector.sql("SELECT toInt32(count()) AS n FROM metric_points FINAL WHERE service = 'emitter'")
    )[0]?.n;

  it.each([
    ['grpc', 'gzip'],
    ['grpc', 'none'],
    ['http/protobuf', 'gzip'],
    ['http/protobuf', 'none'],
    ['http/json', 'gzip'],
    ['http/json', 'none'],
  ])('B42 brings all three signals by %s, compression %s', async (protocol, compression) => {
    const before = Number(await points());
    const traceId = await emit({
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collector.grpcUrl : collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: compression,
    });
    expect(await storedOf(traceId)).toEqual({ spans: 1, logs: 1 });
    expect(await points()).toBe(before + 2);
  });

  it('B42 may name an address for one signal, which is used as it is', async () => {
    const traceId = await emit({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/api/public/otel/v1/traces`,
    });
    expect(await storedOf(traceId)).toEqual({ spans: 1, logs: 1 });
  });
});
