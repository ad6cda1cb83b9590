import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { spansOfStructure } from '../../domain/trace-structure.ts';
import { JSON_SPAN, jsonRequest, NOON } from '../testing/example-span.ts';
import { JSON_LOG, JSON_POINT, logsRequest, metricsRequest } from '../testing/signal-requests.ts';
import { type CheckedCollector, startCheckedCollector } from '../testing/start-checked-collector.ts';

/** The receiver's checklist for OTLP's JSON encoding, line by line; each test starts with the line's number. */

let collector: CheckedCollector;
beforeAll(async () => {
  collector = await startCheckedCollector();
});
afterAll(() => collector.close());

let last = 0;
const newTrace = () => TraceId.parse((++last).toString(16).padStart(32, 'a'));
const spanId = SpanId.parse(JSON_SPAN.spanId);

async function post(path: string, body: unknown) {
  const answer = await fetch(collector.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

/** The span with these fields, as the API gives it after it was sent. */
async function stored(fields: Record<string, unknown>) {
  const traceId = newTrace();
  expect(await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId, ...fields }))).toEqual({
    status: 200,
    body: {},
  });
  await collector.settled();
  const answer = await collector.client.api.traces[':traceId'].spans[':spanId'].$get({
    param: { traceId, spanId },
  });
  return (await answer.json()).span;
}

async function rejection(fields: Record<string, unknown>) {
  const { body } = await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId: newTrace(), ...fields }));
  return body;
}

const rejected = (message: RegExp) => ({
  partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringMatching(message) },
});

async function attribute(value: unknown) {
  const span = await stored({ attributes: [{ key: 'x', value }] });
  return span.payload.attributes.x;
}

describe('ids', () => {
  it('B16 are hex in either case, and stored in lower case', async () => {
    const traceId = newTrace();
    const upper = {
      traceId: traceId.toUpperCase(),
      spanId: 'B7AD6B7169203331',
      parentSpanId: 'ABCDEF0123456789',
    };
    await post('/v1/traces', jsonRequest({ ...JSON_SPAN, ...upper }));
    await collector.settled();
    const answer = await collector.client.api.traces[':traceId'].$get({ param: { traceId } });
    expect(answer.status).toBe(200);
    expect(spansOfStructure((await answer.json()).structure)).toMatchObject([
      { spanId: 'b7ad6b7169203331', parentSpanId: 'abcdef0123456789' },
    ]);
  });

  it('B16 are read as base64 too where they can be nothing else, as other bytes are', async () => {
    const traceId = newTrace();
    const base64 = Buffer.from(traceId, 'hex').toString('base64');
    expect(await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId: base64 }))).toMatchObject({
      body: {},
    });
    await collector.settled();
    const answer = await collector.client.api.traces[':traceId'].$get({ param: { traceId } });
    expect(answer.status).toBe(200);
    expect(await attribute({ bytesValue: 'AQID' })).toBe('AQID');
    expect(await rejection({ traceId: 'not an id' })).toEqual(rejected(/^traceId: expected 32 hex digits/));
  });
});

describe('enums', () => {
  it('B17 are numbers, read by name too; other names reject the item', async () => {
    const numbers = await stored({ kind: 2, status: { code: 2 } });
    const names = await stored({ kind: 'SPAN_KIND_SERVER', status: { code: 'STATUS_CODE_ERROR' } });
    expect([numbers.status, names.status]).toEqual(['error', 'error']);
    const kinds = await collector.sql(
      'SELECT DISTINCT toString(otel_kind) AS kind FROM spans WHERE status = {s:String}',
      {
        s: 'error',
      },
    );
    expect(kinds).toEqual([{ kind: 'server' }]);
    expect(await rejection({ kind: 'SPAN_KIND_ODD' })).toEqual(rejected(/^kind: expected one of SPAN_KIND_/));
  });

  it('B17 of logs and metrics are read alike', async () => {
    const named = { ...JSON_LOG, traceId: newTrace(), severityNumber: 'SEVERITY_NUMBER_WARN2' };
    expect((await post('/v1/logs', logsRequest(named))).body).toEqual({});
    const sum = { aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA', dataPoints: [JSON_POINT] };
    expect((await post('/v1/metrics', metricsRequest({ name: 'b17', sum }))).body).toEqual({});
    const [log] = await collector.sql(
      'SELECT severity_number FROM logs WHERE trace_id = unhex({id:String})',
      {
        id: named.traceId,
      },
    );
    const [point] = await collector.sql("SELECT temporality FROM metric_points WHERE name = 'b17'");
    expect([log, point]).toEqual([{ severity_number: 14 }, { temporality: 'delta' }]);
    const odd = { aggregationTemporality: 'SOMETIMES', dataPoints: [JSON_POINT, JSON_POINT] };
    expect((await post('/v1/metrics', metricsRequest({ name: 'b17', sum: odd }))).body).toEqual({
      partialSuccess: {
        rejectedDataPoints: '2',
        errorMessage: expect.stringMatching(/^aggregationTemporality: expected one of .* \(2 times\)$/),
      },
    });
  });
});

describe('names', () => {
  it('B18 in snake_case are unknown and ignored', async () => {
    const span = await stored({ parent_span_id: 'b7ad6b7169203339', status_message: 'x', trace_id: 'odd' });
    expect(span.parentSpanId).toBeNull();
  });

  it('B18 in snake_case for the whole request are told of, not lost in silence', async () => {
    expect(await post('/v1/traces', { resource_spans: [] })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^expected resourceSpans, got resource_spans/) },
    });
  });

  it('B19 that are unknown are ignored at every level', async () => {
    const odd = { odd: { deep: [1] } };
    const traceId = newTrace();
    const body = {
      ...odd,
      resourceSpans: [
        {
          ...odd,
          resource: { ...odd, entityRefs: [] },
          scopeSpans: [
            {
              ...odd,
              scope: odd,
              spans: [
                {
                  ...JSON_SPAN,
                  ...odd,
                  traceId,
                  attributes: [{ key: 'x', value: { oddValue: 1 }, ...odd }],
                  events: [{ name: 'e', timeUnixNano: 1, ...odd }],
                },
              ],
            },
          ],
        },
      ],
    };
    expect(await post('/v1/traces', body)).toEqual({ status: 200, body: {} });
    await collector.settled();
    const answer = await collector.client.api.traces[':traceId'].spans[':spanId'].$get({
      param: { traceId, spanId },
    });
    expect((await answer.json()).span.payload.attributes).toEqual({ x: null });
    expect(await post('/v1/logs', { ...logsRequest({ ...JSON_LOG, ...odd }), ...odd })).toMatchObject({
      body: {},
    });
  });
});

describe('numbers', () => {
  it.each([
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: 7 }, 7],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ doubleValue: 2 }, 2],
    [{ doubleValue: '2.5' }, 2.5],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ doubleValue: 'Infinity' }, 'Infinity'],
    [{ doubleValue: '-Infinity' }, '-Infinity'],
    [{ stringValue: null, boolValue: true }, true],
    [null, null],
  ])('B20 B21 are taken as %j', async (value, expected) => {
    expect(await attribute(value)).toEqual(expected);
  });

  it('B20 of times are text or numbers, exact to the nanosecond as text', async () => {
    const span = await stored({ startTimeUnixNano: String(NOON + 1n), endTimeUnixNano: Number(NOON) });
    expect(span.start).toBe(Number(NOON / 1000n));
    const [row] = await collector.sql(
      'SELECT toString(toUnixTimestamp64Nano(start)) AS start FROM spans WHERE trace_id = unhex({id:String})',
      { id: span.traceId },
    );
    expect(row).toEqual({ start: String(NOON + 1n) });
  });

  it('B20 of metrics are text or numbers', async () => {
    const histogram = {
      dataPoints: [
        {
          ...{ timeUnixNano: String(NOON), count: 3, sum: 1.5, min: 'NaN' },
          ...{ bucketCounts: ['1', 2, '18446744073709551615'], explicitBounds: [1, 'Infinity'] },
        },
      ],
    };
    const gauge = { dataPoints: [{ ...JSON_POINT, asInt: '9007199254740993' }] };
    const request = metricsRequest({ name: 'b20h', histogram }, { name: 'b20g', gauge });
    expect((await post('/v1/metrics', request)).body).toEqual({});
    const [counts] = await collector.sql(
      "SELECT arrayMap(n -> toString(n), bucket_counts) AS counts, bounds[1] AS bound, isNaN(min) AS odd FROM metric_points WHERE name = 'b20h'",
    );
    expect(counts).toEqual({ counts: ['1', '2', '18446744073709551615'], bound: 1, odd: 1 });
    const [exact] = await collector.sql(
      "SELECT toString(value_int) AS n FROM metric_points WHERE name = 'b20g'",
    );
    expect(exact).toEqual({ n: '9007199254740993' });
  });

  it('B22 are the same number whether an integer or a double was sent', async () => {
    const traceIds = [newTrace(), newTrace()];
    const values = [{ intValue: 1 }, { doubleValue: 1 }];
    for (const [i, value] of values.entries()) {
      const attributes = [{ key: 'gen_ai.request.temperature', value }];
      await post('/v1/traces', jsonRequest({ ...JSON_SPAN, traceId: traceIds[i], attributes }));
    }
    const rows = await collector.sql(
      `SELECT toFloat64(attributes['gen_ai.request.temperature']) AS temperature, attribute_types AS type
       FROM span_payloads WHERE trace_id IN (unhex({a:String}), unhex({b:String})) ORDER BY type`,
      { a: traceIds[0] ?? '', b: traceIds[1] ?? '' },
    );
    expect(rows).toEqual([
      { temperature: 1, type: 'd' },
      { temperature: 1, type: 'i' },
    ]);
  });
});
