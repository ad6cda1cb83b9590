import { status as codes } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import type { Signal } from '../otlp/signal.ts';
import { startCollector } from '../server.ts';
import { exampleSpan } from '../testing/example-span.ts';
import { type GrpcAnswer, grpcClient } from '../testing/grpc-client.ts';
import { readPartial, readStatus } from '../testing/read-status.ts';
import { REQUESTS } from '../testing/signal-requests.ts';
import { type CheckedCollector, startCheckedCollector } from '../testing/start-checked-collector.ts';

/** The receiver's checklist for OTLP over gRPC, line by line; each test starts with the line's number. */

const SERVICES: [Signal, string, string][] = [
  ['traces', 'trace.v1.TraceService', 'spans'],
  ['logs', 'logs.v1.LogsService', 'logs'],
  ['metrics', 'metrics.v1.MetricsService', 'metric_points'],
];
const limit = 6 * 1024 * 1024;

let collector: CheckedCollector;
let client: ReturnType<typeof grpcClient>;
beforeAll(async () => {
  collector = await startCheckedCollector({ maxBodyBytes: limit });
  client = grpcClient(collector.grpcUrl);
});
afterAll(async () => {
  client.close();
  await collector.close();
});

const traces = 'trace.v1.TraceService';

function refused(answer: GrpcAnswer) {
  if (!('status' in answer)) throw new Error('expected a refusal');
  return { ...answer, status: answer.status === null ? null : readStatus(answer.status) };
}

describe.each(SERVICES)('the service of %s', (signal, service, table) => {
  it('B35 takes a message, plain and gzipped, and stores it', async () => {
    const gzip = grpcClient(collector.grpcUrl, { 'grpc.default_compression_algorithm': 2 });
    expect(await client.call(service, REQUESTS[signal].protobuf)).toEqual({ code: 0, body: Buffer.alloc(0) });
    expect(await gzip.call(service, REQUESTS[signal].protobuf)).toEqual({ code: 0, body: Buffer.alloc(0) });
    gzip.close();
    const [row] = await collector.sql(`SELECT toInt32(count()) AS n FROM ${table} FINAL`);
    expect(row).toEqual({ n: 1 });
  });

  it('B35 takes an empty message', async () => {
    expect(await client.call(service, Buffer.alloc(0))).toEqual({ code: 0, body: Buffer.alloc(0) });
  });

  it('B36 refuses what is no request with INVALID_ARGUMENT and a BadRequest', async () => {
    const answer = refused(await client.call(service, Buffer.from('hello')));
    expect(answer).toMatchObject({
      code: codes.INVALID_ARGUMENT,
      message: expect.stringMatching(/^expected protobuf/),
      status: { code: codes.INVALID_ARGUMENT, details: ['google.rpc.BadRequest'] },
    });
  });
});

describe('a message', () => {
  it('B35 larger than the four MiB of the libraries is taken', async () => {
    const span = exampleSpan({ traceId: 'a'.repeat(32), name: 'x'.repeat(limit - 1000) });
    expect(await client.call(traces, encodeTraceRequest([span]))).toMatchObject({ code: 0 });
  });

  it('B35 larger than the limit is RESOURCE_EXHAUSTED without RetryInfo, plain and inflated', async () => {
    const gzip = grpcClient(collector.grpcUrl, { 'grpc.default_compression_algorithm': 2 });
    const bomb = Buffer.alloc(limit * 20);
    const answers = [await client.call(traces, Buffer.alloc(limit + 1)), await gzip.call(traces, bomb)];
    gzip.close();
    for (const answer of answers) {
      expect(refused(answer)).toMatchObject({ code: codes.RESOURCE_EXHAUSTED, status: null });
    }
  });

  it('B36 of which a part is rejected says so in partial_success', async () => {
    const spans = [exampleSpan({ traceId: 'b'.repeat(32) }), exampleSpan({ spanId: '' })];
    const answer = await client.call(traces, encodeTraceRequest(spans));
    if (!('body' in answer)) throw new Error(answer.message);
    expect(readPartial(answer.body)).toEqual({ rejected: 1, message: expect.stringMatching(/^spanId: /) });
  });

  it('B36 of log records to the service of traces is refused', async () => {
    const answer = refused(await client.call(traces, REQUESTS.logs.protobuf));
    expect(answer).toMatchObject({
      code: codes.INVALID_ARGUMENT,
      message: expect.stringMatching(/got log records/),
    });
  });
});

describe('refusals', () => {
  it('B36 of every signal are UNAVAILABLE with RetryInfo while there is no room', async () => {
    const full = await collector.beside({ maxSegmentBytes: 1 });
    const other = grpcClient(full.grpcUrl);
    for (const [signal, service] of SERVICES) {
      const answer = refused(await other.call(service, REQUESTS[signal].protobuf));
      expect([signal, answer]).toMatchObject([
        signal,
        {
          code: codes.UNAVAILABLE,
          status: { code: codes.UNAVAILABLE, details: ['google.rpc.RetryInfo'] },
        },
      ]);
    }
    other.close();
    await full.close();
  });

  it.each(['profiles.v1development.ProfilesService', 'trace.v2.TraceService'])(
    'B37 of the unknown service %s are UNIMPLEMENTED',
    async (service) => {
      expect(refused(await client.call(service, Buffer.alloc(0))).code).toBe(codes.UNIMPLEMENTED);
    },
  );
});

describe('the port', () => {
  it('B38 is its own, and a taken one is an error that names it', async () => {
    const port = Number(new URL(collector.grpcUrl).port);
    const starting = startCollector({
      dataDirectory: `${collector.directory}/taken`,
      port: 0,
      grpcPort: port,
    });
    await expect(starting).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `expected port ${port} of 127.0.0.1 to be free`,
    });
  });
});
