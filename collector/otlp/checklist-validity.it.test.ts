import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { exampleSpan, JSON_SPAN, jsonRequest, NOON } from '../testing/example-span.ts';
import {
  JSON_LOG,
  JSON_POINT,
  logsProtobuf,
  logsRequest,
  metricsRequest,
  REQUESTS,
} from '../testing/signal-requests.ts';
import { type CheckedCollector, startCheckedCollector } from '../testing/start-checked-collector.ts';
import { encodeTraceRequest } from './protobuf-encoder.ts';
import type { OtlpSpan } from './trace-request.ts';

/** The receiver's checklist for what is valid, line by line; each test starts with the line's number. */

let collector: CheckedCollector;
beforeAll(async () => {
  collector = await startCheckedCollector();
});
afterAll(() => collector.close());

let last = 0;
const newTrace = () => TraceId.parse((++last).toString(16).padStart(32, 'b'));
const spanId = SpanId.parse(JSON_SPAN.spanId);

async function post(path: string, body: unknown) {
  const answer = await fetch(collector.url + path, {
    method: 'POST',
    headers: { 'content-type': Buffer.isBuffer(body) ? 'application/x-protobuf' : 'application/json' },
    body: Buffer.isBuffer(body)
      ? new Uint8Array(body)
      : typeof body === 'string'
        ? body
        : JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

async function traceOf(traceId: TraceId) {
  await collector.settled();
  const answer = await collector.client.api.traces[':traceId'].$get({ param: { traceId } });
  return answer.status === 200 ? await answer.json() : null;
}

async function detailOf(traceId: TraceId) {
  await collector.settled();
  const answer = await collector.client.api.traces[':traceId'].spans[':spanId'].$get({
    param: { traceId, spanId },
  });
  return (await answer.json()).span;
}

/** Sends a span in protobuf and reads it again. */
async function stored(overrides: Partial<OtlpSpan>) {
  const traceId = newTrace();
  expect(await post('/v1/traces', encodeTraceRequest([exampleSpan({ traceId, ...overrides })]))).toEqual({
    status: 200,
    text: '',
  });
  return await detailOf(traceId);
}

describe('ids of a span', () => {
  it.each([
    ['traceId', '', /^traceId: expected 16 bytes, got 0$/],
    ['traceId', 'ab'.repeat(8), /^traceId: expected 16 bytes, got 8$/],
    ['traceId', '0'.repeat(32), /^traceId: expected an id, got zeros only$/],
    ['spanId', '', /^spanId: expected 8 bytes, got 0$/],
    ['spanId', '0'.repeat(16), /^spanId: expected an id, got zeros only$/],
    ['parentSpanId', 'abcd', /^parentSpanId: expected 8 bytes, got 2$/],
  ])('B23 reject it alone where %s is "%s"', async (field, value, reason) => {
    const traceId = newTrace();
    const bad = { ...JSON_SPAN, traceId, spanId: 'c7ad6b7169203331', [field]: value };
    const { status, text } = await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId }, bad));
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(reason) } },
    ]);
    expect((await traceOf(traceId))?.structure.total).toBe(1);
  });

  it.each(['', '0000000000000000'])('B23 make it a root where its parent is "%s"', async (parentSpanId) => {
    expect((await stored({ parentSpanId })).parentSpanId).toBeNull();
  });
});

describe('attributes', () => {
  it('B24 may be empty, bytes, mixed arrays and nested lists', async () => {
    const nested = {
      kvlistValue: {
        values: [
          { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }, {}] } } },
          { key: 'bytes', value: { bytesValue: 'AQI=' } },
        ],
      },
    };
    const span = await stored({
      attributes: [
        { key: 'empty', value: {} },
        { key: 'nested', value: nested },
      ],
      resource: { attributes: [{ key: 'host', value: nested }], schemaUrl: '' },
    });
    const plain = { list: [1, 'a', null], bytes: 'AQI=' };
    expect(span.payload.attributes).toEqual({ empty: null, nested: plain });
    expect(span.payload.resource).toEqual({ host: plain });
  });

  it('B24 that point into a table of strings, as in profiles, are empty', async () => {
    const traceId = newTrace();
    const attributes = [{ key: 'x', keyStrindex: 3, value: { stringValueStrindex: 5 } }];
    expect((await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId, attributes }))).status).toBe(200);
    expect((await detailOf(traceId)).payload.attributes).toEqual({ x: null });
  });

  it('B25 with one key twice: the last one counts', async () => {
    const span = await stored({
      attributes: [
        { key: 'gen_ai.request.model', value: { stringValue: 'first' } },
        { key: 'gen_ai.request.model', value: { stringValue: 'last' } },
      ],
    });
    expect(span.payload.attributes).toEqual({ 'gen_ai.request.model': 'last' });
    expect(span.model).toBe('last');
  });
});

describe('defaults', () => {
  it('B26 kind is internal, status unset, and flags are kept as they are', async () => {
    const span = await stored({ kind: 0, status: { code: 0, message: '' }, flags: 0xffff_0301 });
    expect(span.status).toBe('unset');
    const [row] = await collector.sql(
      `SELECT toString(otel_kind) AS kind, toInt64(flags) AS flags FROM spans AS s
       INNER JOIN span_payloads AS p ON s.trace_id = p.trace_id WHERE s.trace_id = unhex({id:String})`,
      { id: span.traceId },
    );
    expect(row).toEqual({ kind: 'internal', flags: 0xffff_0301 });
    expect((await stored({ status: { code: 9, message: '' } })).status).toBe('unset');
  });

  it('B27 a name may be empty, and an end before the start is kept and shows', async () => {
    const span = await stored({ name: '', endTimeUnixNano: NOON - 5_000n });
    expect([span.name, span.duration]).toEqual(['', 0]);
    const [row] = await collector.sql(
      'SELECT toInt32(duration) AS duration FROM spans WHERE trace_id = unhex({id:String})',
      {
        id: span.traceId,
      },
    );
    expect(row).toEqual({ duration: -5000 });
  });
});

describe('resources and scopes', () => {
  it('B28 are kept with their schema URLs, several in one request', async () => {
    const traceId = newTrace();
    const attribute = (key: string, value: string) => [{ key, value: { stringValue: value } }];
    const span = (id: string) => ({ ...JSON_SPAN, traceId, spanId: id.repeat(16) });
    const body = {
      resourceSpans: ['a', 'b'].map((service, i) => ({
        resource: { attributes: attribute('service.name', service) },
        schemaUrl: `https://resource/${service}`,
        scopeSpans: [
          {
            scope: { name: 'n', version: '1', attributes: attribute('k', 'v') },
            schemaUrl: 'https://scope',
            spans: [span(`${i + 1}`)],
          },
          { spans: [span(`${i + 3}`)] },
        ],
      })),
    };
    expect(await post('/v1/traces', body)).toEqual({ status: 200, text: '{}' });
    const rows = await collector.sql(
      `SELECT lower(hex(span_id)) AS span, resource_schema_url, scope_name, scope_version, scope_schema_url,
         JSONExtractString(resource, 1, 'value', 'stringValue') AS service
       FROM span_payloads WHERE trace_id = unhex({id:String}) ORDER BY span`,
      { id: traceId },
    );
    const scope = { scope_name: 'n', scope_version: '1', scope_schema_url: 'https://scope' };
    const none = { scope_name: '', scope_version: '', scope_schema_url: '' };
    expect(rows).toEqual([
      { span: '1'.repeat(16), resource_schema_url: 'https://resource/a', service: 'a', ...scope },
      { span: '2'.repeat(16), resource_schema_url: 'https://resource/b', service: 'b', ...scope },
      { span: '3'.repeat(16), resource_schema_url: 'https://resource/a', service: 'a', ...none },
      { span: '4'.repeat(16), resource_schema_url: 'https://resource/b', service: 'b', ...none },
    ]);
  });
});

describe('log records', () => {
  async function logsOf(traceId: TraceId) {
    await collector.settled();
    const answer = await collector.client.api.traces[':traceId'].logs.$get({ param: { traceId }, query: {} });
    return await answer.json();
  }

  it('B29 without a valid id are kept, unlinked', async () => {
    const ids = [
      { traceId: '', spanId: '' },
      { traceId: '0'.repeat(32), spanId: '0'.repeat(16) },
      { traceId: 'abcd', spanId: spanId },
    ];
    const records = ids.map((given, i) => ({ ...JSON_LOG, ...given, severityText: `B29-${i}` }));
    expect(await post('/v1/logs', logsRequest(...records))).toEqual({ status: 200, text: '{}' });
    const rows = await collector.sql(
      "SELECT hex(trace_id) AS trace, hex(span_id) AS span FROM logs WHERE startsWith(severity_text, 'B29-')",
    );
    expect(rows).toEqual(Array(3).fill({ trace: '0'.repeat(32), span: '0'.repeat(16) }));
  });

  it('B29 lie at the time they were observed where they have no other', async () => {
    const traceId = newTrace();
    const { timeUnixNano: _, ...timeless } = JSON_LOG;
    await post('/v1/logs', logsRequest({ ...timeless, traceId, observedTimeUnixNano: String(NOON) }));
    expect((await logsOf(traceId)).logs).toMatchObject([{ at: Number(NOON / 1000n) }]);
  });

  it('B29 are named by their field or by the attribute event.name', async () => {
    const traceId = newTrace();
    const attributes = [{ key: 'event.name', value: { stringValue: 'gen_ai.choice' } }];
    const records = [
      { ...JSON_LOG, traceId, timeUnixNano: '1', eventName: 'gen_ai.evaluation.result', attributes },
      { ...JSON_LOG, traceId, timeUnixNano: '2', attributes },
      { ...JSON_LOG, traceId, timeUnixNano: '3' },
    ];
    await post('/v1/logs', logsProtobuf(logsRequest(...records)));
    const { logs, total } = await logsOf(traceId);
    expect(logs.map(({ eventName }) => eventName)).toEqual([
      'gen_ai.evaluation.result',
      'gen_ai.choice',
      null,
    ]);
    expect([total, logs[0]]).toMatchObject([3, { spanId, body: 'hello', severityNumber: 9 }]);
  });

  it.each(['json', 'protobuf'] as const)(
    'B30 sent as traces in %s are refused, and nothing is stored',
    async (encoding) => {
      const before = await collector.sql('SELECT count() AS n FROM spans');
      const { status, text } = await post(
        '/v1/traces',
        encoding === 'json' ? logsRequest(JSON_LOG) : REQUESTS.logs.protobuf,
      );
      expect(status).toBe(400);
      expect(text).toMatch(
        /expected (resourceSpans, got resourceLogs|spans, got log records): nothing was stored/,
      );
      expect(await collector.sql('SELECT count() AS n FROM spans')).toEqual(before);
    },
  );

  it('B30 the other way round: spans sent as logs are refused too', async () => {
    const { status, text } = await post('/v1/logs', REQUESTS.traces.protobuf);
    expect([status, text]).toEqual([
      400,
      expect.stringMatching(/expected logs, got spans: nothing was stored/),
    ]);
  });
});

describe('JSON written by hand', () => {
  it('B31 with attributes as an object is rejected with a message that names the contract', async () => {
    const traceId = newTrace();
    const bad = { ...JSON_SPAN, traceId, spanId: 'c7ad6b7169203331', attributes: { model: 'x' } };
    const { text } = await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId }, bad));
    expect(JSON.parse(text)).toEqual({
      partialSuccess: {
        rejectedSpans: '1',
        errorMessage: expect.stringMatching(/^attributes: expected OTLP's array .*, got an object$/),
      },
    });
    expect((await traceOf(traceId))?.structure.total).toBe(1);
  });

  it('B31 with a resource that cannot be read rejects each of its items, of every signal', async () => {
    const resource = { attributes: { 'service.name': 'x' } };
    const logs = { resourceLogs: [{ ...logsRequest(JSON_LOG, JSON_LOG).resourceLogs[0], resource }] };
    const gauge = { name: 'g', gauge: { dataPoints: [JSON_POINT, JSON_POINT, JSON_POINT] } };
    const metrics = { resourceMetrics: [{ ...metricsRequest(gauge).resourceMetrics[0], resource }] };
    expect(JSON.parse((await post('/v1/logs', logs)).text)).toMatchObject({
      partialSuccess: { rejectedLogRecords: '2' },
    });
    expect(JSON.parse((await post('/v1/metrics', metrics)).text)).toMatchObject({
      partialSuccess: { rejectedDataPoints: '3' },
    });
  });
});

describe('metrics', () => {
  const time = { timeUnixNano: String(NOON), startTimeUnixNano: String(NOON - 1_000_000_000n) };
  const rowsNamed = (name: string) =>
    collector.sql(
      `SELECT type, temporality, monotonic, value, toInt32(count) AS count, sum, scale, positive_offset,
         arrayMap(n -> toInt32(n), positive_counts) AS positive, quantiles, quantile_values
       FROM metric_points FINAL WHERE name = {name:String} ORDER BY time, start, value`,
      { name },
    );

  it('B32 of all five types are stored, delta and cumulative', async () => {
    const points = { dataPoints: [{ ...time, asDouble: 1.5, exemplars: [{ ...time, asInt: 3, spanId }] }] };
    const histogram = {
      dataPoints: [{ ...time, count: 2, sum: 3, bucketCounts: [1, 1], explicitBounds: [5] }],
    };
    const exponential = {
      dataPoints: [{ ...time, count: 3, scale: -2, positive: { offset: -1, bucketCounts: [1, 2] } }],
    };
    const summary = {
      dataPoints: [{ ...time, count: 4, sum: 8, quantileValues: [{ quantile: 0.5, value: 2 }] }],
    };
    const request = metricsRequest(
      { name: 'b32-gauge', gauge: points },
      { name: 'b32-sum', sum: { ...points, aggregationTemporality: 1, isMonotonic: true } },
      { name: 'b32-histogram', histogram: { ...histogram, aggregationTemporality: 2 } },
      { name: 'b32-exponential', exponentialHistogram: { ...exponential, aggregationTemporality: 1 } },
      { name: 'b32-summary', summary },
    );
    expect(await post('/v1/metrics', request)).toEqual({ status: 200, text: '{}' });
    expect(await rowsNamed('b32-gauge')).toMatchObject([
      { type: 'gauge', temporality: 'unspecified', value: 1.5 },
    ]);
    expect(await rowsNamed('b32-sum')).toMatchObject([
      { type: 'sum', temporality: 'delta', monotonic: true },
    ]);
    expect(await rowsNamed('b32-histogram')).toMatchObject([
      { type: 'histogram', temporality: 'cumulative', value: null, count: 2, sum: 3 },
    ]);
    expect(await rowsNamed('b32-exponential')).toMatchObject([
      {
        type: 'exponential_histogram',
        count: 3,
        sum: null,
        scale: -2,
        positive_offset: -1,
        positive: [1, 2],
      },
    ]);
    expect(await rowsNamed('b32-summary')).toMatchObject([
      { count: 4, sum: 8, quantiles: [0.5], quantile_values: [2] },
    ]);
  });

  it('B32 that begin anew keep both starts; points that say they recorded nothing are passed over', async () => {
    const dataPoints = [
      { ...JSON_POINT, startTimeUnixNano: '1000' },
      { ...JSON_POINT, startTimeUnixNano: '2000', asInt: '1' },
      { ...JSON_POINT, flags: 1 },
    ];
    const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
    expect(await post('/v1/metrics', metricsRequest({ name: 'b32-reset', sum }))).toEqual({
      status: 200,
      text: '{}',
    });
    expect((await rowsNamed('b32-reset')).map(({ value }) => value)).toEqual([3, 1]);
  });
});

describe('what is delivered again', () => {
  it('B33 is stored once, of every signal, in whichever encoding', async () => {
    const traceId = newTrace();
    const span = exampleSpan({ traceId });
    const log = logsRequest({ ...JSON_LOG, traceId });
    const point = metricsRequest({ name: 'b33', gauge: { dataPoints: [JSON_POINT] } });
    for (let attempt = 0; attempt < 3; attempt++) {
      await post('/v1/traces', encodeTraceRequest([span]));
      await post('/v1/logs', log);
      await post('/v1/logs', logsProtobuf(log));
      await post('/v1/metrics', point);
      await collector.settled();
    }
    expect((await traceOf(traceId))?.trace.spans).toBe(1);
    const logs = await collector.sql(
      'SELECT count() AS n FROM logs FINAL WHERE trace_id = unhex({id:String})',
      {
        id: traceId,
      },
    );
    const points = await collector.sql("SELECT count() AS n FROM metric_points FINAL WHERE name = 'b33'");
    expect([logs, points]).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  });

  it('B33 does not count twice: tokens and cost stay the same', async () => {
    const traceId = newTrace();
    const attributes = [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '120' } },
    ];
    const body = encodeTraceRequest([exampleSpan({ traceId, attributes })]);
    for (let attempt = 0; attempt < 3; attempt++) await post('/v1/traces', body);
    expect((await traceOf(traceId))?.trace.usage.input).toBe(120);
  });

  it.each([0, 1])('B34 with another end: the latest one stays, whatever comes first (%i)', async (first) => {
    const traceId = newTrace();
    const versions = [
      exampleSpan({ traceId, name: 'unfinished', endTimeUnixNano: NOON + 1_000n }),
      exampleSpan({ traceId, name: 'complete', endTimeUnixNano: NOON + 2_000_000n }),
    ];
    for (const i of [first, 1 - first]) {
      await post('/v1/traces', encodeTraceRequest(versions.slice(i, i + 1)));
      await collector.settled();
    }
    expect((await traceOf(traceId))?.structure).toMatchObject({ texts: ['', 'complete'], duration: [2000] });
  });
});
