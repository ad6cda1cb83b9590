import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT, ProjectId } from '../../domain/ids.ts';
import { priceBook } from '../../domain/price-book.ts';
import { decodeProtobuf } from '../otlp/protobuf.ts';
import { encodeTraceRequest, field, message } from '../otlp/protobuf-encoder.ts';
import { Rejections } from '../otlp/rejections.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { WireError } from '../otlp/wire-reader.ts';
import { arbitrarySpan } from '../testing/arbitrary-span.ts';
import { attributes, exampleSpan, NOON } from '../testing/example-span.ts';
import { DEFAULT_PRICES, loadPrices } from './load-prices.ts';
import { SpanBatch } from './span-batch.ts';

const prices = priceBook(loadPrices(DEFAULT_PRICES));
const emptyBatch = () => new SpanBatch({ prices });

function batchOf(...bodies: Buffer[]): SpanBatch {
  const batch = emptyBatch();
  for (const body of bodies) batch.addTraces(body, DEFAULT_PROJECT);
  return batch;
}

/** Blocks as text, so that a difference is shown in a line. */
const blocksOf = (batch: SpanBatch) =>
  batch.encode().map(({ table, rows, bytes }) => `${table} ${rows} ${bytes.toString('base64')}`);

/** What is accepted and rejected when a request is decoded into objects. */
function reference(body: Buffer): { spans: number; reasons: string } | null {
  try {
    const { spans, rejections } = decodeProtobuf(body);
    const reasons = new Rejections();
    for (const reason of rejections) reasons.add(reason);
    return { spans: spans.length, reasons: `${reasons.count}: ${reasons.summary()}` };
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return null;
  }
}

function taken(batch: SpanBatch, body: Buffer): ReturnType<typeof reference> {
  const before = batch.rows;
  try {
    const { accepted, rejections } = batch.addTraces(body, DEFAULT_PROJECT);
    expect(batch.rows).toBe(before + accepted);
    return { spans: accepted, reasons: `${rejections.count}: ${rejections.summary()}` };
  } catch (error) {
    expect(error).toMatchObject({ code: 'BODY_UNDECODABLE' });
    expect(batch.rows).toBe(before);
    return null;
  }
}

const someSpans = fc.array(arbitrarySpan, { minLength: 1, maxLength: 6 });
const broken: Partial<OtlpSpan>[] = [{ traceId: '' }, { spanId: '0'.repeat(16) }, { parentSpanId: 'abcd' }];

describe('SpanBatch', () => {
  it('accepts and rejects as the decoder of whole requests does, whatever byte is wrong', () => {
    const mistakes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 });
    const batch = emptyBatch();
    fc.assert(
      fc.property(
        someSpans,
        mistakes,
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (spans, changes, share) => {
          const whole = encodeTraceRequest(spans);
          for (const [place, byte] of changes) whole[place % whole.length] = byte;
          const body = share > 0.9 ? whole : whole.subarray(0, Math.floor(whole.length * share));
          expect(taken(batch, body)).toEqual(reference(body));
          batch.clear();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('fails in no other way on noise', () => {
    const batch = emptyBatch();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const body = Buffer.from(noise);
        expect(taken(batch, body)).toEqual(reference(body));
      }),
    );
  });

  it('is the same however its spans were split into requests', () => {
    fc.assert(
      fc.property(someSpans, fc.nat({ max: 6 }), (spans, cut) => {
        const together = batchOf(encodeTraceRequest(spans));
        const apart = batchOf(encodeTraceRequest(spans.slice(0, cut)), encodeTraceRequest(spans.slice(cut)));
        expect(blocksOf(apart)).toEqual(blocksOf(together));
      }),
      { numRuns: 50 },
    );
  });

  it('bears no trace of a span that was rejected', () => {
    fc.assert(
      fc.property(someSpans, fc.constantFrom(...broken), fc.nat({ max: 6 }), (spans, fault, place) => {
        const bad = exampleSpan({ attributes: attributes({ only: 'here' }), ...fault });
        const batch = emptyBatch();
        const { accepted, rejections } = batch.addTraces(
          encodeTraceRequest(spans.toSpliced(place, 0, bad)),
          DEFAULT_PROJECT,
        );
        expect([accepted, rejections.count]).toEqual([spans.length, 1]);
        expect(blocksOf(batch)).toEqual(blocksOf(batchOf(encodeTraceRequest(spans))));
      }),
      { numRuns: 50 },
    );
  });

  it('is as it was after a request that could not be read to its end', () => {
    fc.assert(
      fc.property(someSpans, someSpans, (first, second) => {
        const batch = batchOf(encodeTraceRequest(first));
        const before = [blocksOf(batch), batch.rows, batch.bytes];
        const cutOff = Buffer.concat([encodeTraceRequest(second), Buffer.from([10, 100])]);
        expect(() => batch.addTraces(cutOff, DEFAULT_PROJECT)).toThrow(
          /expected protobuf: 100 bytes announced, 0 left/,
        );
        expect([blocksOf(batch), batch.rows, batch.bytes]).toEqual(before);
        batch.addTraces(encodeTraceRequest(second), DEFAULT_PROJECT);
        expect(blocksOf(batch)).toEqual(blocksOf(batchOf(encodeTraceRequest([...first, ...second]))));
      }),
      { numRuns: 50 },
    );
  });

  it('is as new when it was cleared, and leaves alone what it gave', () => {
    const batch = emptyBatch();
    fc.assert(
      fc.property(someSpans, (spans) => {
        const body = encodeTraceRequest(spans);
        batch.addTraces(body, DEFAULT_PROJECT);
        const [payloads] = batch.encode();
        const copy = Buffer.from(payloads?.bytes ?? []);
        batch.clear();
        expect([batch.rows, batch.bytes, batch.encode()]).toEqual([0, 0, []]);
        batch.addTraces(body, DEFAULT_PROJECT);
        expect(blocksOf(batch)).toEqual(blocksOf(batchOf(body)));
        expect(payloads?.bytes).toEqual(copy);
        batch.clear();
      }),
      { numRuns: 50 },
    );
  });

  it('finds a resource that comes in pieces and behind its spans', () => {
    const resource = {
      attributes: attributes({ 'service.name': 'late', 'service.version': '2' }),
      schemaUrl: 'u',
    };
    const whole = encodeTraceRequest([exampleSpan({ resource })]);
    const piece = (name: 'service.name' | 'service.version') =>
      encodeTraceRequest([
        exampleSpan({
          resource: { attributes: resource.attributes.filter(({ key }) => key === name), schemaUrl: 'u' },
        }),
      ]);
    // Of a message within a message protobuf takes the parts together: the resource is the first field of each.
    const inner = (body: Buffer) => body.subarray(body.length - (body[1] ?? 0));
    const resourceOf = (body: Buffer) => inner(body).subarray(0, 2 + (inner(body)[1] ?? 0));
    const spans = inner(whole).subarray(resourceOf(whole).length);
    const body = message((out) =>
      field(out, 1, (to) => {
        to.raw(spans);
        to.raw(resourceOf(piece('service.name')));
        to.raw(resourceOf(piece('service.version')));
      }),
    );
    expect(decodeProtobuf(body)).toEqual(decodeProtobuf(whole));
    expect(blocksOf(batchOf(body))).toEqual(blocksOf(batchOf(whole)));
  });

  it('keeps spans of any clock', () => {
    const times = [0n, 1n, 2n ** 63n - 1n, 2n ** 64n - 1n];
    const spans = times.flatMap((start) =>
      times.map((end) => exampleSpan({ startTimeUnixNano: start, endTimeUnixNano: end })),
    );
    expect(batchOf(encodeTraceRequest(spans)).rows).toBe(16);
  });
});

describe('sample', () => {
  it('gives the first rows as a live tail shows them', () => {
    const chat = exampleSpan({
      parentSpanId: '00f067aa0ba902b7',
      attributes: attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 10,
      }),
      resource: { attributes: attributes({ 'service.name': 'sdr' }), schemaUrl: '' },
    });
    const tool = exampleSpan({
      name: 'execute_tool send',
      attributes: attributes({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'send' }),
      status: { code: 2, message: '' },
    });
    const batch = batchOf(encodeTraceRequest([chat, tool, exampleSpan()]));
    expect(batch.sample(DEFAULT_PROJECT, 2)).toEqual({
      dropped: 1,
      spans: [
        {
          traceId: chat.traceId,
          spanId: chat.spanId,
          parentSpanId: '00f067aa0ba902b7',
          name: chat.name,
          kind: 'llm',
          status: 'unset',
          start: Number(NOON / 1000n),
          duration: 1_500_000,
          service: 'sdr',
          agent: null,
          model: 'gpt-4o-mini',
          tool: null,
          cost: 21_000,
        },
        expect.objectContaining({
          parentSpanId: null,
          kind: 'tool',
          tool: 'send',
          status: 'error',
          cost: null,
        }),
      ],
    });
    expect(batch.sample(ProjectId.parse('other'), 2)).toEqual({ spans: [], dropped: 0 });
    expect(batch.sample(DEFAULT_PROJECT, 100).spans).toHaveLength(3);
    expect(emptyBatch().sample(DEFAULT_PROJECT, 5)).toEqual({ spans: [], dropped: 0 });
  });
});

describe('the cost of a span', () => {
  const call = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    'gen_ai.usage.input_tokens': 120,
    'gen_ai.usage.cache_read.input_tokens': 64,
    'gen_ai.usage.output_tokens': 30,
  };
  const costOf = (values: Parameters<typeof attributes>[0]) =>
    batchOf(encodeTraceRequest([exampleSpan({ attributes: attributes(values) })])).sample(DEFAULT_PROJECT, 1)
      .spans[0]?.cost;

  it('is by the model that answered', () => {
    // 56 x 0.15 + 64 x 0.075 + 30 x 0.60 USD a million
    expect(costOf(call)).toBe(31_200);
  });

  it.each([
    ['without a price', { ...call, 'gen_ai.request.model': 'new', 'gen_ai.response.model': 'new' }],
    ['that is a wrapper', { ...call, 'gen_ai.operation.name': 'invoke_agent' }],
    ['without usage', { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o-mini' }],
  ])('of a span %s is unknown, never nothing', (_, values) => {
    expect(costOf(values)).toBeNull();
  });

  it('of embeddings is theirs', () => {
    expect(
      costOf({
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.request.model': 'text-embedding-3-small',
        'gen_ai.usage.input_tokens': 9,
      }),
    ).toBe(180);
  });
});
