import { gzipSync } from 'node:zlib';
import type { KeyValue } from '../../otlp/any-value.ts';
import { encodeTraceRequest } from '../../otlp/protobuf-encoder.ts';
import { SIGNALS } from '../../otlp/signal.ts';
import { exampleSpan, JSON_SPAN, jsonRequest } from '../example-span.ts';
import { JSON_LOG, logsRequest, metricsRequest } from '../signal-requests.ts';
import type { HostileRequest } from './hostile-request.ts';

const MiB = 1024 * 1024;

type Worst = { name: string; requests: HostileRequest[] };

/**
 * What is known to bring receivers down, each to every endpoint that it fits.
 *
 * @param limit of a body, in bytes: the largest are just within it.
 */
export function worstRequests(limit: number): Worst[] {
  const many: KeyValue[] = Array.from({ length: 10_000 }, (_, i) => ({
    key: `key.${i}`,
    value: { stringValue: `value ${i}` },
  }));
  const long = 'x'.repeat(Math.floor(limit * 0.78));
  const clocks = ['0', '1', '946684799999999999', '7226582400000000000', '18446744073709551615'];
  return [
    {
      name: '10,000 attributes',
      requests: [
        ...protobuf('traces', encodeTraceRequest([exampleSpan({ attributes: many })])),
        ...protobuf(
          'traces',
          encodeTraceRequest([exampleSpan({ resource: { attributes: many, schemaUrl: '' } })]),
        ),
        json('logs', logsRequest({ ...JSON_LOG, attributes: many })),
        json(
          'metrics',
          metricsRequest({ name: 'm', gauge: { dataPoints: [{ attributes: many, asInt: 1 }] } }),
        ),
      ],
    },
    {
      name: 'a string as long as the limit allows',
      requests: [
        ...protobuf('traces', encodeTraceRequest([exampleSpan({ name: long })])),
        json('traces', JSON.parse(jsonRequest({ ...JSON_SPAN, attributes: [{ key: long, value: {} }] }))),
        json('logs', logsRequest({ ...JSON_LOG, body: { stringValue: long } })),
        json('metrics', metricsRequest({ name: long, gauge: { dataPoints: [{ asInt: 1 }, { asInt: 2 }] } })),
      ],
    },
    {
      name: 'gzip bombs',
      requests: SIGNALS.flatMap((signal) => [
        http(signal, PROTOBUF, gzipSync(Buffer.alloc(limit * 8)), 'gzip'),
        { transport: 'grpc' as const, signal, gzip: true, body: Buffer.alloc(limit * 2) },
      ]),
    },
    {
      name: 'clocks from 1970 to the end of 64 bits',
      requests: clocks.flatMap((time) => [
        json(
          'traces',
          JSON.parse(jsonRequest({ ...JSON_SPAN, startTimeUnixNano: time, endTimeUnixNano: '5' })),
        ),
        json('traces', JSON.parse(jsonRequest({ ...JSON_SPAN, endTimeUnixNano: time }))),
        json('logs', logsRequest({ ...JSON_LOG, timeUnixNano: time, observedTimeUnixNano: time })),
        json(
          'metrics',
          metricsRequest({
            name: 'm',
            sum: { dataPoints: [{ asInt: 1, timeUnixNano: time, startTimeUnixNano: time }] },
          }),
        ),
      ]),
    },
    {
      name: 'zero ids, and the same ids many times in one batch',
      requests: [
        ...protobuf(
          'traces',
          encodeTraceRequest([exampleSpan({ traceId: '0'.repeat(32), spanId: '0'.repeat(16) })]),
        ),
        ...protobuf('traces', encodeTraceRequest(Array(1000).fill(exampleSpan()))),
        json('logs', logsRequest(...Array(1000).fill(JSON_LOG))),
      ],
    },
    {
      name: 'text that is not UTF-8',
      requests: [
        ...protobuf('traces', invalidUtf8(encodeTraceRequest([exampleSpan({ name: 'NOT UTF8' })]))),
        http(
          'logs',
          JSON_TYPE,
          invalidUtf8(Buffer.from(JSON.stringify(logsRequest({ ...JSON_LOG, severityText: 'NOT UTF8' })))),
        ),
        json('logs', logsRequest({ ...JSON_LOG, body: { stringValue: '\ud800' }, severityText: '\udfff' })),
      ],
    },
    {
      name: 'deep nesting',
      requests: SIGNALS.flatMap((signal) => [
        http(signal, JSON_TYPE, Buffer.from('['.repeat(limit))),
        http(signal, JSON_TYPE, Buffer.from('{"resourceSpans":'.repeat(limit / 20))),
        http(signal, JSON_TYPE, Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)),
        ...protobuf(signal, nestedWire(100_000)),
        ...protobuf(signal, Buffer.alloc(1_000_000, 0x0b)),
      ]),
    },
    {
      name: 'as many values as the limit allows',
      requests: [
        http('logs', JSON_TYPE, repeat('{"resourceLogs":[', '{},', '{}]}', limit)),
        http(
          'traces',
          JSON_TYPE,
          repeat('{"resourceSpans":[{"scopeSpans":[{"spans":[', '{},', '{}]}]}]}', limit),
        ),
        ...SIGNALS.flatMap((signal) => [
          ...protobuf(signal, Buffer.alloc(limit - 2, Buffer.from([0x0a, 0]))),
          ...protobuf(signal, envelope(Buffer.alloc(limit - 100, Buffer.from([0x12, 0])))),
        ]),
      ],
    },
  ];
}

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

function http(
  signal: HostileRequest['signal'],
  type: string,
  body: Buffer,
  encoding?: string,
): HostileRequest {
  const headers = {
    'content-type': type,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  return { transport: 'http', signal, headers, body };
}

function json(signal: HostileRequest['signal'], value: unknown): HostileRequest {
  return http(signal, JSON_TYPE, Buffer.from(JSON.stringify(value)));
}

function protobuf(signal: HostileRequest['signal'], body: Buffer): HostileRequest[] {
  return [http(signal, PROTOBUF, body), { transport: 'grpc', signal, gzip: false, body }];
}

function invalidUtf8(body: Buffer): Buffer {
  const at = body.indexOf('NOT UTF8');
  return Buffer.concat([
    body.subarray(0, at),
    Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0xfe]),
    body.subarray(at + 8),
  ]);
}

/** Field 1 within field 1, and so on: as the lengths grow, from the inside. */
function nestedWire(depth: number): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let i = 0; i < depth && length < MiB; i++) {
    const head = [0x0a];
    let rest = length;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) head.push((rest % 0x80) | 0x80);
    head.push(rest);
    pieces.unshift(Buffer.from(head));
    length += head.length;
  }
  return Buffer.concat(pieces);
}

/** A request whose one scope holds these bytes. */
function envelope(scope: Buffer): Buffer {
  const around = (tag: number, inner: Buffer): Buffer => {
    const length: number[] = [];
    let rest = inner.length;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) length.push((rest % 0x80) | 0x80);
    return Buffer.concat([Buffer.from([tag, ...length, rest]), inner]);
  };
  return around(0x0a, around(0x12, scope));
}

function repeat(head: string, unit: string, tail: string, limit: number): Buffer {
  const times = Math.floor((limit - head.length - tail.length) / unit.length);
  return Buffer.from(head + unit.repeat(times) + tail);
}
