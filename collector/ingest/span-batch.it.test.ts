import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_PROJECT } from '../../domain/ids.ts';
import { priceBook } from '../../domain/price-book.ts';
import { priceCall } from '../../domain/price-call.ts';
import { mapSpan, resourceOf } from '../dialects/map-span.ts';
import { encodeTraceRequest } from '../otlp/protobuf-encoder.ts';
import { storedAttributes, storedList } from '../otlp/stored.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type ClickHouse, openClickHouse } from '../store/open-clickhouse.ts';
import { arbitrarySpan } from '../testing/arbitrary-span.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import { DEFAULT_PRICES, loadPrices } from './load-prices.ts';
import { SpanBatch } from './span-batch.ts';

let directory: string;
let clickHouse: ClickHouse;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  clickHouse = await openClickHouse({ dataDirectory: directory, log: () => {} });
});
afterAll(async () => {
  await clickHouse.close();
  rmSync(directory, { recursive: true, force: true });
});

const prices = priceBook(loadPrices(DEFAULT_PRICES));

async function store(batch: SpanBatch): Promise<void> {
  for (const { table, bytes } of batch.encode()) {
    const one = async function* () {
      yield bytes;
    };
    await clickHouse.store.insertBlocks(table, one(), { token: null, signal: new AbortController().signal });
  }
}

async function storeSpans(spans: readonly OtlpSpan[]): Promise<void> {
  await clickHouse.store.command('TRUNCATE TABLE spans');
  await clickHouse.store.command('TRUNCATE TABLE span_payloads');
  const batch = new SpanBatch({ prices });
  expect(batch.addTraces(encodeTraceRequest(spans), DEFAULT_PROJECT)).toMatchObject({
    accepted: spans.length,
  });
  await store(batch);
}

async function rowsOf<Row extends z.ZodObject>(table: string, select: string, columns: Row) {
  const sql = `SELECT ${select} FROM ${table} FINAL ORDER BY trace_id, span_id`;
  return await clickHouse.store.rows({ sql, columns, toValue: (value) => value }, {});
}

const payloadRow = z.object({
  trace: z.string(),
  span: z.string(),
  bucket: z.int(),
  keys: z.array(z.string()),
  values: z.array(z.string()),
  attribute_types: z.string(),
  ...Object.fromEntries(
    [
      'resource',
      'resource_schema_url',
      'scope_name',
      'scope_version',
      'scope_attributes',
      'scope_schema_url',
      'events',
      'links',
      'trace_state',
    ].map((name) => [name, z.string()]),
  ),
  flags: z.int(),
  dropped_attributes: z.int(),
  dropped_events: z.int(),
  dropped_links: z.int(),
});

const SELECT_PAYLOAD = `lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, toUnixTimestamp(bucket) AS bucket,
  mapKeys(attributes) AS keys, mapValues(attributes) AS values, attribute_types, resource, resource_schema_url,
  scope_name, scope_version, scope_attributes, scope_schema_url, events, links, trace_state, flags,
  dropped_attributes, dropped_events, dropped_links`;

/** What a row of `span_payloads` says, in the words of OTLP. */
function payloadOf(row: Record<string, unknown> & z.output<typeof payloadRow>) {
  const json = (name: string) => JSON.parse(String(row[name])) as unknown;
  return {
    traceId: row.trace,
    spanId: row.span,
    attributes: storedAttributes(row.keys, row.values, row.attribute_types),
    resource: { attributes: json('resource'), schemaUrl: row.resource_schema_url },
    scope: {
      name: row.scope_name,
      version: row.scope_version,
      attributes: json('scope_attributes'),
      schemaUrl: row.scope_schema_url,
    },
    events: storedList(String(row.events)),
    links: storedList(String(row.links)),
    traceState: row.trace_state,
    flags: row.flags,
    droppedAttributesCount: row.dropped_attributes,
    droppedEventsCount: row.dropped_events,
    droppedLinksCount: row.dropped_links,
  };
}

function payloadIn(span: OtlpSpan) {
  const { name, kind, startTimeUnixNano, endTimeUnixNano, parentSpanId, status, events, ...payload } = span;
  const written = events.map((event) => ({ ...event, timeUnixNano: String(event.timeUnixNano) }));
  return { ...payload, events: written };
}

const lightRow = z.object({ row: z.string() });
/** All columns of the light table, as JSON: 64-bit integers as text, so that nothing is rounded. */
const SELECT_LIGHT = `toJSONString(tuple(
  lower(hex(trace_id)), lower(hex(span_id)), lower(hex(parent_span_id)), toUnixTimestamp(bucket),
  toString(toUnixTimestamp64Nano(start)), toString(duration), name, kind, otel_kind, status, status_message, error_type,
  error_signal, service, environment, agent_version, operation, agent, workflow, provider, model_requested,
  model_responded, tool, session, user, finish_reasons, toString(tokens_input), toString(tokens_cache_read),
  toString(tokens_cache_write), toString(tokens_output), toString(tokens_reasoning), usage_estimated, call,
  toString(cost), toString(cost_reported), price, toString(ttft), run_id, trial_id, scenario_id)) AS row`;

const lastNano = 2n ** 63n - 1n;
const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];

/** What the mapper makes of the decoded span, in the order of `SELECT_LIGHT`. */
function lightIn(span: OtlpSpan): unknown[] {
  const canonical = mapSpan(span);
  const { usage } = canonical;
  const [start, end] = [span.startTimeUnixNano, span.endTimeUnixNano].map((at) =>
    at > lastNano ? lastNano : at,
  );
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  const priced = priceCall(canonical, Number((start ?? 0n) / 1000n), prices);
  const minute = Number((start ?? 0n) / 60_000_000_000n) * 60;
  return [
    span.traceId,
    span.spanId,
    span.parentSpanId.padEnd(16, '0'),
    Math.min(Math.max(minute, Date.UTC(2000, 0) / 1000), Date.UTC(2100, 0) / 1000 - 60),
    String(start),
    String((end ?? 0n) - (start ?? 0n)),
    span.name,
    canonical.kind,
    KINDS[span.kind],
    canonical.failed || span.status.code === 2 ? 'error' : span.status.code === 1 ? 'ok' : 'unset',
    span.status.message || canonical.errorMessage || '',
    canonical.errorType ?? '',
    canonical.errorSignal ?? '',
    resourceOf(span).service,
    canonical.environment ?? '',
    canonical.agentVersion ?? '',
    canonical.operation ?? '',
    canonical.agent ?? '',
    canonical.workflow ?? '',
    canonical.provider ?? '',
    canonical.modelRequested ?? '',
    canonical.modelResponded ?? '',
    canonical.tool ?? '',
    canonical.session ?? '',
    canonical.user ?? '',
    canonical.finishReasons,
    number(usage?.input),
    number(usage?.cacheRead),
    number(usage?.cacheWrite),
    number(usage?.output),
    number(usage?.reasoning),
    canonical.usageEstimated,
    canonical.call,
    number(priced.cost),
    number(canonical.costReported),
    priced.price,
    number(canonical.ttft),
    canonical.runId ?? '',
    canonical.trialId ?? '',
    canonical.scenarioId ?? '',
  ];
}

const clock = fc.oneof(
  fc.bigInt({ min: NOON, max: NOON + 10n ** 13n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, lastNano, lastNano + 1n, 2n ** 64n - 1n),
);
const canonicalAttributes = fc
  .record(
    {
      'gen_ai.operation.name': fc.constantFrom('chat', 'execute_tool', 'invoke_agent', 'embeddings'),
      'gen_ai.request.model': fc.constantFrom('gpt-4o-mini', 'gpt-4o-2024-08-06', 'unheard-of'),
      'gen_ai.usage.input_tokens': fc.nat(),
      'gen_ai.usage.output_tokens': fc.nat(),
      'gen_ai.usage.cost': fc.double({ min: 0, max: 10, noNaN: true }),
      'gen_ai.response.finish_reasons': fc.array(fc.constantFrom('stop', 'length', 'ä'), { maxLength: 2 }),
      'gen_ai.response.time_to_first_chunk': fc.double({ min: 0, max: 10, noNaN: true }),
      'error.type': fc.constantFrom('timeout', ''),
      'session.id': fc.string({ unit: 'binary' }),
      'rehearse.trial.id': fc.constantFrom('a'.repeat(24), 'no id'),
    },
    { requiredKeys: [] },
  )
  .map((values) => attributes(values as Parameters<typeof attributes>[0]));

const storedSpan = fc
  .tuple(arbitrarySpan, canonicalAttributes, clock, clock)
  .map(([span, known, startTimeUnixNano, endTimeUnixNano]) => ({
    ...span,
    attributes: [...known, ...span.attributes],
    startTimeUnixNano,
    endTimeUnixNano,
  }));
/** Many, since a sample takes as many statements as a span. */
const spansOfTrace = fc
  .uniqueArray(storedSpan, { minLength: 30, maxLength: 60, selector: (span) => span.spanId })
  .map((spans) => spans.map((span) => ({ ...span, traceId: exampleSpan().traceId })))
  .map((spans) => spans.toSorted((left, right) => (left.spanId < right.spanId ? -1 : 1)));

describe('any spans', () => {
  it('come out of ClickHouse as they were sent and as the mapper reads them', async () => {
    await fc.assert(
      fc.asyncProperty(spansOfTrace, async (spans) => {
        await storeSpans(spans);
        const payloads = await rowsOf('span_payloads', SELECT_PAYLOAD, payloadRow);
        expect(payloads.map(payloadOf)).toEqual(spans.map(payloadIn));
        const light = await rowsOf('spans', SELECT_LIGHT, lightRow);
        expect(light.map(({ row }) => JSON.parse(row) as unknown)).toEqual(spans.map(lightIn));
      }),
      { numRuns: 4 },
    );
  });

  it('are the same rows however they were split and repeated', async () => {
    const spans = fc.sample(spansOfTrace, { numRuns: 1, seed: 3 })[0] ?? [];
    await storeSpans(spans);
    const once = await rowsOf('spans', SELECT_LIGHT, lightRow);
    const deliveries = fc.array(fc.shuffledSubarray(spans, { minLength: 1 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(deliveries, async (parts) => {
        for (const part of parts) {
          const batch = new SpanBatch({ prices });
          batch.addTraces(encodeTraceRequest(part), DEFAULT_PROJECT);
          await store(batch);
        }
        expect(await rowsOf('spans', SELECT_LIGHT, lightRow)).toEqual(once);
      }),
      { numRuns: 4 },
    );
  });
});

describe('text that is not UTF-8', () => {
  it('is stored as text that is', async () => {
    const mark = 'BROKEN';
    const body = encodeTraceRequest([
      exampleSpan({
        name: mark,
        traceState: mark,
        attributes: [
          { key: mark, value: { stringValue: mark } },
          { key: 'long', value: { stringValue: mark.repeat(100) } },
          { key: 'list', value: { arrayValue: { values: [{ stringValue: mark }] } } },
          { key: 'session.id', value: { stringValue: mark } },
        ],
        resource: { attributes: attributes({ 'service.name': mark }), schemaUrl: '' },
        status: { code: 2, message: mark },
      }),
    ]);
    for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at))
      body.fill(0xff, at, at + mark.length);
    await storeSpans([]);
    const batch = new SpanBatch({ prices });
    expect(batch.addTraces(body, DEFAULT_PROJECT).accepted).toBe(1);
    await store(batch);
    const [payload] = await rowsOf('span_payloads', SELECT_PAYLOAD, payloadRow);
    const fixed = '\ufffd'.repeat(mark.length);
    expect(payload && payloadOf(payload)).toMatchObject({
      traceState: fixed,
      attributes: [
        { key: fixed, value: { stringValue: fixed } },
        { key: 'long', value: { stringValue: fixed.repeat(100) } },
        { key: 'list', value: { arrayValue: { values: [{ stringValue: fixed }] } } },
        { key: 'session.id', value: { stringValue: fixed } },
      ],
    });
    const invalid = await rowsOf(
      'spans',
      'isValidUTF8(concat(name, status_message, service, session)) AS valid, name',
      z.object({ valid: z.int(), name: z.string() }),
    );
    expect(invalid).toEqual([{ valid: 1, name: fixed }]);
  });
});

describe('the columns that are sent', () => {
  it.each(['spans', 'span_payloads'])('have the types of %s, and are all of them', async (table) => {
    const columns = z.object({ name: z.string(), type: z.string() });
    const described = await clickHouse.store.rows(
      { sql: `DESCRIBE TABLE ${table}`, columns, toValue: (value) => value },
      {},
    );
    const batch = new SpanBatch({ prices });
    batch.addTraces(encodeTraceRequest([exampleSpan()]), DEFAULT_PROJECT);
    const block = batch.encode().find((one) => one.table === table);
    const text = block?.bytes.toString('latin1') ?? '';
    const missing = described.filter(({ name, type }) => {
      const header = Buffer.concat(
        [name, type].map((part) => Buffer.concat([varint(part.length), Buffer.from(part)])),
      );
      return !text.includes(header.toString('latin1'));
    });
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(block?.bytes[0]).toBe(described.length);
  });
});

function varint(value: number): Buffer {
  return Buffer.from(value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >>> 7]);
}
