import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Encoding } from '../../otlp/encoding.ts';
import { LOGS_REQUEST } from '../../otlp/opentelemetry-proto.ts';
import { encodeTraceRequest } from '../../otlp/protobuf-encoder.ts';
import { SIGNALS, type Signal } from '../../otlp/signal.ts';
import { writeWire } from '../../otlp/write-wire.ts';
import { otlpJson } from '../../signals/otlp-json.ts';
import { arbitraryLogs, arbitraryMetrics } from '../arbitrary-signals.ts';
import { arbitrarySpan } from '../arbitrary-span.ts';
import { readAllCaptures } from '../captures.ts';
import { REQUESTS } from '../signal-requests.ts';
import { damaged } from './mutate-bytes.ts';
import { distorted } from './mutate-json.ts';
import { rearranged } from './mutate-wire.ts';

/** A request to the receiver, by whatever transport. */
export type HostileRequest =
  | { transport: 'http'; signal: Signal; headers: Record<string, string>; body: Buffer }
  | { transport: 'grpc'; signal: Signal; gzip: boolean; body: Buffer };

type Base = { signal: Signal; encoding: Encoding; body: Buffer };

/** Examples of our own, and what real clients sent, where that is at hand. */
const BASES: Base[] = [
  ...SIGNALS.flatMap((signal) =>
    (['json', 'protobuf'] as const).map((encoding) => ({
      signal,
      encoding,
      body: REQUESTS[signal][encoding],
    })),
  ),
  ...readAllCaptures(),
];
const BODIES = BASES.map(({ body }) => body);

const mutatedBase: fc.Arbitrary<Base> = fc.constantFrom(...BASES).chain((base) => {
  const structural =
    base.encoding === 'json'
      ? distorted(base.body.toString('utf8')).map((text) => Buffer.from(text))
      : rearranged(base.body);
  return fc
    .oneof({ arbitrary: structural, weight: 3 }, { arbitrary: damaged(base.body, BODIES), weight: 2 })
    .map((body) => ({ ...base, body }));
});

/** Requests that keep the contract, with any values that it allows. */
const valid: fc.Arbitrary<Base> = fc.oneof(
  fc.array(arbitrarySpan, { maxLength: 3 }).map((spans) => ({
    signal: 'traces' as const,
    encoding: 'protobuf' as const,
    body: encodeTraceRequest(spans),
  })),
  arbitraryLogs.map((request) => ({
    signal: 'logs' as const,
    encoding: 'protobuf' as const,
    body: writeWire(LOGS_REQUEST, request),
  })),
  arbitraryMetrics.map((request) => ({
    signal: 'metrics' as const,
    encoding: 'json' as const,
    body: Buffer.from(otlpJson(request)),
  })),
);

const random: fc.Arbitrary<Base> = fc.record({
  signal: fc.constantFrom(...SIGNALS),
  encoding: fc.constantFrom<Encoding>('json', 'protobuf'),
  body: fc
    .oneof(fc.uint8Array({ maxLength: 500 }), fc.json().map(Buffer.from))
    .map((bytes) => Buffer.from(bytes)),
});

const base = fc.oneof(
  { arbitrary: mutatedBase, weight: 6 },
  { arbitrary: valid, weight: 2 },
  { arbitrary: random, weight: 1 },
);

const TYPES: Record<Encoding, string> = { json: 'application/json', protobuf: 'application/x-protobuf' };

const packings = fc.constantFrom<[string | null, (body: Buffer) => Buffer]>(
  ...Array<[null, (body: Buffer) => Buffer]>(6).fill([null, (body) => body]),
  ['gzip', (body) => gzipSync(body)],
  ['deflate', (body) => deflateSync(body)],
  ['gzip', (body) => body],
  ['gzip', (body) => gzipSync(body).subarray(0, -4)],
  ['gzip', (body) => Buffer.concat([gzipSync(body), gzipSync(body)])],
  ['br', (body) => body],
);

export const hostileRequest: fc.Arbitrary<HostileRequest> = fc
  .record({
    base,
    packing: packings,
    /** One in ten goes where it does not belong. */
    stray: fc.option(fc.constantFrom(...SIGNALS), { freq: 9, nil: null }),
    otherType: fc.option(fc.constantFrom('application/json', 'application/x-protobuf', 'text/plain', ''), {
      freq: 9,
      nil: null,
    }),
    grpc: fc.boolean(),
  })
  .map(({ base: { signal, encoding, body }, packing: [name, pack], stray, otherType, grpc }) => {
    const to = stray ?? signal;
    if (grpc && encoding === 'protobuf') return { transport: 'grpc', signal: to, gzip: name !== null, body };
    const type = otherType ?? TYPES[encoding];
    const headers = {
      ...(type === '' ? {} : { 'content-type': type }),
      ...(name === null ? {} : { 'content-encoding': name }),
    };
    return { transport: 'http', signal: to, headers, body: pack(body) };
  });
