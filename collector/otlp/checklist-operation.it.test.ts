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

async function countSpans({ sql }: Pick<CheckedCollector, 'sql'>, traceDigit: string): Promise<number> {
  const [row] = await sql(
    'SELECT toInt32(count()) AS n FROM spans FINAL WHERE startsWith(lower(hex(trace_id)), {prefix:String})',
    { prefix: traceDigit.repeat(24) },
  );
  return Number(row?.n);
}

const traceIdOf = (digit: string, number: number) => digit.repeat(24) + number.toString(16).padStart(8, '0');

describe('overload', () => {
  it('B10 is answered with 503, Retry-After and a Status, for every signal', async () => {
    const full = await collector.beside({ maxSegmentBytes: 1 });
    for (const signal of SIGNALS) {
      const url = `${full.url}/v1/${signal}`;
      const inProtobuf = await rawHttp(url, { headers: PROTOBUF, body: REQUESTS[signal].protobuf });
      expect([signal, inProtobuf.status, inProtobuf.headers['retry-after']]).toEqual([signal, 503, '1']);
      expect(readStatus(inProtobuf.body)).toMatchObject({ code: 14, details: ['google.rpc.RetryInfo'] });
      const inJson = await rawHttp(url, {
        headers: { 'content-type': 'application/json' },
        body: REQUESTS[signal].json,
      });
      expect([signal, inJson.status, JSON.parse(inJson.body.toString())]).toMatchObject([
        signal,
        503,
        { code: 14, details: [{ retryDelay: '1s' }] },
      ]);
      expect((await rawHttp(url, { headers: PROTOBUF, body: Buffer.alloc(0) })).status).toBe(200);
    }
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
    const small = await collector.beside({ maxSegmentBytes: 100_000 });
    small.clickHouse.cut();
    const deliver = async (number: number) => {
      const body = batch(traceIdOf('b', number), 100);
      const { status, headers } = await rawHttp(`${small.url}/v1/traces`, { headers: PROTOBUF, body });
      expect([200, 503]).toContain(status);
      return { status, retryAfter: headers['retry-after'] };
    };
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    const first = await Promise.all(numbers.map(deliver));
    let refused = first.find(({ status }) => status === 503);
    for (let number = 12; refused === undefined; number++) {
      expect(number).toBeLessThan(1000);
      const answer = await deliver(number);
      if (answer.status === 503) refused = answer;
      else numbers.push(number);
    }
    expect(refused.retryAfter).toBe('1');

    small.clickHouse.mend();
    await Promise.all(
      numbers.map(async (number) => {
        while ((await deliver(number)).status !== 200) await sleep(100);
      }),
    );
    expect(
      await small.sql(
        'SELECT toInt32(uniqExact(trace_id)) AS traces, toInt32(count()) AS n FROM spans FINAL WHERE startsWith(lower(hex(trace_id)), {prefix:String})',
        { prefix: 'b'.repeat(24) },
      ),
    ).toEqual([{ traces: numbers.length, n: numbers.length * 100 }]);
    await small.close();
  });

  it('B39 hold a bounded share of memory: beyond it they are asked to come again', async () => {
    const maxBodyBytes = 100_000;
    const small = await collector.beside({ maxBodyBytes });
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
    const { clickhouseUrl } = collector;
    const first = await startCollector({ dataDirectory, clickhouseUrl, port: 0, grpcPort: 0 });
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

    const second = await startCollector({ dataDirectory, clickhouseUrl, port: 0 });
    await second.settled();
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
  const transports = [
    ['grpc', 'gzip'],
    ['grpc', 'none'],
    ['http/protobuf', 'gzip'],
    ['http/protobuf', 'none'],
    ['http/json', 'gzip'],
    ['http/json', 'none'],
  ] as const;
  const ofOneSignal = 'traces-elsewhere';

  /** By the name of their service: applications that are set up by the environment alone. */
  function environments(): Record<string, Record<string, string>> {
    const named = transports.map(([protocol, compression]) => [
      `${protocol}-${compression}`,
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collector.grpcUrl : collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
      },
    ]);
    return {
      ...Object.fromEntries(named),
      [ofOneSignal]: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/api/public/otel/v1/traces`,
      },
    };
  }

  beforeAll(async () => {
    const program = join(import.meta.dirname, '..', 'testing', 'emit-signals.ts');
    const child = spawn(process.execPath, [program, JSON.stringify(environments())], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_LOGS_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x',
      },
    });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const [code] = await once(child, 'close');
    expect([code, errors]).toEqual([0, '']);
  });

  async function storedOf(service: string) {
    const [row] = await collector.sql(
      `WITH (SELECT groupArray(trace_id) FROM spans FINAL WHERE service = {service:String}) AS traces
       SELECT toInt32(length(traces)) AS spans,
         (SELECT toInt32(count()) FROM logs FINAL WHERE service = {service:String} AND has(traces, trace_id)) AS logs,
         (SELECT toInt32(count()) FROM metric_points FINAL WHERE service = {service:String}) AS points`,
      { service },
    );
    return row;
  }

  it.each(transports)('B42 brings all three signals by %s, compression %s', async (protocol, compression) => {
    expect(await storedOf(`${protocol}-${compression}`)).toEqual({ spans: 1, logs: 1, points: 2 });
  });

  it('B42 may name an address for one signal, which is used as it is', async () => {
    expect(await storedOf(ofOneSignal)).toEqual({ spans: 1, logs: 1, points: 2 });
  });
});
