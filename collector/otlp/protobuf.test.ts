import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySpan } from '../testing/arbitrary-span.ts';
import { attributes, exampleSpan } from '../testing/example-span.ts';
import { decodeProtobuf, LOG_RECORD_REASON } from './protobuf.ts';
import { bytes, encodeTraceRequest, field, fixed64, message, text, varint } from './protobuf-encoder.ts';
import { WireError } from './wire-reader.ts';

const requestOf = (write: Parameters<typeof message>[0]) =>
  message((out) => field(out, 1, (resource) => field(resource, 2, (scope) => field(scope, 2, write))));

describe('decodeProtobuf', () => {
  it('gives back any spans as they were encoded', () => {
    fc.assert(
      fc.property(fc.array(arbitrarySpan, { maxLength: 4 }), (spans) => {
        expect(decodeProtobuf(encodeTraceRequest(spans))).toEqual({ spans, rejections: [] });
      }),
      { numRuns: 100 },
    );
  });

  it('refuses or reads any bytes, and fails in no other way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        try {
          decodeProtobuf(Buffer.from(noise));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });

  it('never takes a body that was cut off for a whole one', () => {
    const span = exampleSpan();
    const body = encodeTraceRequest([span, { ...span, spanId: '00f067aa0ba902b7' }]);
    for (let length = 1; length < body.length; length++) {
      expect(() => decodeProtobuf(body.subarray(0, length)), `${length} bytes`).toThrow(WireError);
    }
  });

  it('takes an empty request and empty envelopes (B5)', () => {
    const empty = { spans: [], rejections: [] };
    expect(decodeProtobuf(Buffer.alloc(0))).toEqual(empty);
    expect(decodeProtobuf(message((out) => field(out, 1, () => {})))).toEqual(empty);
    expect(decodeProtobuf(message((out) => field(out, 1, (inner) => field(inner, 2, () => {}))))).toEqual(
      empty,
    );
  });

  it('passes over unknown fields of every wire type, groups too (B19)', () => {
    const known = encodeTraceRequest([exampleSpan()]);
    const unknown = message((out) => {
      varint(out, 100, 7n);
      fixed64(out, 101, 7n);
      text(out, 102, 'later version');
      out.varint(103 * 8 + 5);
      out.uint32(7);
      out.varint(104 * 8 + 3);
      varint(out, 1, 7n);
      out.varint(104 * 8 + 4);
    });
    expect(decodeProtobuf(Buffer.concat([unknown, known, unknown])).spans).toEqual([exampleSpan()]);
  });

  it('passes over a known field of another wire type', () => {
    const body = requestOf((span) => {
      bytes(span, 1, Buffer.from(exampleSpan().traceId, 'hex'));
      bytes(span, 2, Buffer.from(exampleSpan().spanId, 'hex'));
      fixed64(span, 7, exampleSpan().startTimeUnixNano);
      varint(span, 5, 42n);
    });
    expect(decodeProtobuf(body).spans[0]?.name).toBe('');
  });

  it('takes the last member of a value that has several', () => {
    const body = requestOf((span) => {
      bytes(span, 1, Buffer.from(exampleSpan().traceId, 'hex'));
      bytes(span, 2, Buffer.from(exampleSpan().spanId, 'hex'));
      fixed64(span, 7, exampleSpan().startTimeUnixNano);
      field(span, 9, (pair) => {
        text(pair, 1, 'k');
        field(pair, 2, (value) => {
          text(value, 1, 'first');
          varint(value, 3, 2n);
        });
      });
    });
    expect(decodeProtobuf(body).spans[0]?.attributes).toEqual([{ key: 'k', value: { intValue: '2' } }]);
  });

  it('rejects the one span that cannot be read and keeps its neighbours (B23)', () => {
    const good = exampleSpan();
    const bad = message((span) => {
      bytes(span, 1, Buffer.from(good.traceId, 'hex'));
      out(span);
    });
    function out(span: Parameters<typeof bytes>[0]) {
      span.varint(9 * 8 + 2);
      span.varint(1000);
    }
    const body = message((request) =>
      field(request, 1, (resource) =>
        field(resource, 2, (scope) => {
          bytes(scope, 2, bad);
          field(scope, 2, (span) => {
            bytes(span, 1, Buffer.from(good.traceId, 'hex'));
            bytes(span, 2, Buffer.from(good.spanId, 'hex'));
            fixed64(span, 7, good.startTimeUnixNano);
          });
        }),
      ),
    );
    const decoded = decodeProtobuf(body);
    expect(decoded.spans.map((span) => span.spanId)).toEqual([good.spanId]);
    expect(decoded.rejections).toEqual(['span: undecodable (1000 bytes announced, 0 left)']);
  });

  it.each([
    ['a short trace id', { traceId: '0af765' }, 'traceId: expected 16 bytes, got 3'],
    ['a trace id of zeros', { traceId: '0'.repeat(32) }, 'traceId: expected an id, got zeros only'],
    ['a span id of zeros', { spanId: '0'.repeat(16) }, 'spanId: expected an id, got zeros only'],
    ['a long parent id', { parentSpanId: 'a'.repeat(32) }, 'parentSpanId: expected 8 bytes, got 16'],
  ])('rejects a span with %s (B23)', (_, overrides, reason) => {
    const { spans, rejections } = decodeProtobuf(encodeTraceRequest([exampleSpan(overrides), exampleSpan()]));
    expect(spans).toEqual([exampleSpan()]);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatch(reason);
  });

  it('takes a parent of zeros for a root', () => {
    const body = encodeTraceRequest([exampleSpan({ parentSpanId: '0000000000000000' })]);
    expect(decodeProtobuf(body).spans[0]?.parentSpanId).toBe('');
  });

  it('follows values 100 deep and rejects a span that goes on', () => {
    const nested = (depth: number) => {
      let value = attributes({ leaf: 1 });
      for (let i = 1; i < depth; i++) value = [{ key: 'k', value: { kvlistValue: { values: value } } }];
      return exampleSpan({ attributes: value });
    };
    expect(decodeProtobuf(encodeTraceRequest([nested(100)])).spans).toEqual([nested(100)]);
    expect(decodeProtobuf(encodeTraceRequest([nested(101)])).rejections).toEqual([
      'span: undecodable (a value nested deeper than 100)',
    ]);
  });

  it('tells log records from spans (B30)', () => {
    const body = requestOf((record) => {
      fixed64(record, 1, 1n);
      varint(record, 2, 9n);
      bytes(record, 9, Buffer.from(exampleSpan().traceId, 'hex'));
    });
    expect(decodeProtobuf(body)).toEqual({ spans: [], rejections: [LOG_RECORD_REASON] });
  });
});
