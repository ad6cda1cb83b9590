import { describe, expect, it } from 'vitest';
import { JSON_SPAN, jsonRequest, NOON } from '../testing/example-span.ts';
import { decodeJson } from './json.ts';

const decode = (body: string) => decodeJson(Buffer.from(body));

const decodeOne = (overrides: Record<string, unknown>) => {
  const { spans, rejections } = decode(jsonRequest({ ...JSON_SPAN, ...overrides }));
  return { span: spans[0], rejections };
};
const readValue = (value: unknown) =>
  decodeOne({ attributes: [{ key: 'k', value }] }).span?.attributes[0]?.value;

describe('decodeJson', () => {
  it('reads ids in either case and stores them lower-case (B16)', () => {
    const { span } = decodeOne({ traceId: JSON_SPAN.traceId.toUpperCase() });
    expect(span?.traceId).toBe(JSON_SPAN.traceId);
  });

  it('reads base64 ids where their length tells them', () => {
    const { span } = decodeOne({
      traceId: Buffer.from(JSON_SPAN.traceId, 'hex').toString('base64'),
      spanId: Buffer.from(JSON_SPAN.spanId, 'hex').toString('base64'),
    });
    expect(span).toMatchObject({ traceId: JSON_SPAN.traceId, spanId: JSON_SPAN.spanId });
  });

  it.each([
    [3, 3],
    ['3', 3],
    ['SPAN_KIND_CLIENT', 3],
    [null, 0],
    [undefined, 0],
  ])('reads kind %j as %j (B17)', (kind, expected) => {
    expect(decodeOne({ kind }).span?.kind).toBe(expected);
  });

  it('reads a status code by name, and an absent one as unset (B17, B26)', () => {
    expect(decodeOne({ status: { code: 'STATUS_CODE_ERROR' } }).span?.status.code).toBe(2);
    expect(decodeOne({ status: {} }).span?.status).toEqual({ code: 0, message: '' });
    expect(decodeOne({ status: null }).span?.status.code).toBe(0);
  });

  it('ignores unknown fields, snake_case ones too (B18, B19)', () => {
    const { span, rejections } = decodeOne({ later: { a: [1] }, trace_state: 'x', traceState: 'y' });
    expect(rejections).toEqual([]);
    expect(span?.traceState).toBe('y');
  });

  it('reads 64-bit integers as text or number, text exactly (B20)', () => {
    expect(decodeOne({ startTimeUnixNano: String(NOON + 1n) }).span?.startTimeUnixNano).toBe(NOON + 1n);
    expect(readValue({ intValue: '9007199254740993' })).toEqual({ intValue: '9007199254740993' });
    expect(readValue({ intValue: 120 })).toEqual({ intValue: '120' });
    expect(readValue({ intValue: '-5' })).toEqual({ intValue: '-5' });
  });

  it.each([
    [{ doubleValue: 'NaN' }, { doubleValue: 'NaN' }],
    [{ doubleValue: '-Infinity' }, { doubleValue: '-Infinity' }],
    [{ doubleValue: 1 }, { doubleValue: 1 }],
    [{ doubleValue: '0.5' }, { doubleValue: 0.5 }],
    [{ boolValue: false }, { boolValue: false }],
    [{ bytesValue: 'AQID' }, { bytesValue: 'AQID' }],
    [{ stringValue: null, intValue: '1' }, { intValue: '1' }],
    [{ laterValue: 1 }, {}],
    [{}, {}],
    [null, {}],
    [
      { arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }, {}] } },
      { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'a' }, {}] } },
    ],
    [{ arrayValue: {} }, { arrayValue: { values: [] } }],
    [
      { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } },
      { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } },
    ],
  ])('reads the value %j (B21, B22, B24)', (given, expected) => {
    expect(readValue(given)).toEqual(expected);
  });

  it('keeps repeated keys (B25)', () => {
    const { span } = decodeOne({
      attributes: [
        { key: 'k', value: { intValue: 1 } },
        { key: 'k', value: { stringValue: 'two' } },
      ],
    });
    expect(span?.attributes).toHaveLength(2);
  });

  it('holds times within what protobuf can say', () => {
    const { span } = decodeOne({ startTimeUnixNano: '-1', endTimeUnixNano: '99999999999999999999' });
    expect(span).toMatchObject({ startTimeUnixNano: 0n, endTimeUnixNano: 2n ** 64n - 1n });
  });

  it('takes an empty name and an end before the start (B27)', () => {
    const { span } = decodeOne({ name: '', endTimeUnixNano: String(NOON - 5n) });
    expect(span).toMatchObject({ name: '', endTimeUnixNano: NOON - 5n });
  });

  it('keeps resource, scope and both schema addresses apart (B28)', () => {
    const { spans } = decode(
      JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] },
            schemaUrl: 'https://resource',
            scopeSpans: [
              { scope: { name: 's', version: '1' }, schemaUrl: 'https://scope', spans: [JSON_SPAN] },
              { spans: [{ ...JSON_SPAN, spanId: '00f067aa0ba902b7' }] },
            ],
          },
        ],
      }),
    );
    expect(spans[0]).toMatchObject({
      resource: { schemaUrl: 'https://resource' },
      scope: { name: 's', version: '1', schemaUrl: 'https://scope' },
    });
    expect(spans[1]?.scope).toEqual({ name: '', version: '', attributes: [], schemaUrl: '' });
    expect(spans[1]?.resource).toBe(spans[0]?.resource);
  });

  it('rejects attributes given as an object, and says what the contract is (B31)', () => {
    const body = jsonRequest({ ...JSON_SPAN, attributes: { model: 'x' } }, JSON_SPAN);
    const { spans, rejections } = decode(body);
    expect(spans).toHaveLength(1);
    expect(rejections).toEqual([
      'attributes: expected OTLP\'s array [{"key": "...", "value": {"stringValue": "..."}}], got an object',
    ]);
  });

  it.each([
    [{ traceId: 'xyz' }, /traceId: expected 32 hex digits, got "xyz"/],
    [{ traceId: '' }, /traceId: expected 16 bytes, got 0/],
    [{ spanId: 5 }, /spanId: expected a string, got 5/],
    [{ name: { a: 1 } }, /name: expected a string/],
    [{ kind: 'CLIENT' }, /kind: expected one of SPAN_KIND_UNSPECIFIED/],
    [{ startTimeUnixNano: 'noon' }, /startTimeUnixNano: expected an integer, got "noon"/],
    [{ events: {} }, /events: expected an array/],
    [{ attributes: [{ key: 'k', value: { doubleValue: 'many' } }] }, /attributes.value: expected a number/],
  ])('rejects the span alone for %j', (overrides, reason) => {
    const { span, rejections } = decodeOne(overrides);
    expect(span).toBeUndefined();
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatch(reason);
  });

  it('rejects every span of a resource that cannot be read, and no other', () => {
    const { spans, rejections } = decode(
      JSON.stringify({
        resourceSpans: [
          { resource: { attributes: { a: 1 } }, scopeSpans: [{ spans: [JSON_SPAN, JSON_SPAN] }] },
          { scopeSpans: [{ spans: [JSON_SPAN] }] },
        ],
      }),
    );
    expect(spans).toHaveLength(1);
    expect(rejections).toHaveLength(2);
  });

  it.each([
    '{}',
    '{"resourceSpans":[]}',
    '{"resourceSpans":null}',
    '{"resourceSpans":[{"scopeSpans":[{}]}]}',
  ])('takes the empty request %s (B5)', (body) => {
    expect(decode(body)).toEqual({ spans: [], rejections: [] });
  });

  it.each([
    ['{"resourceSpans":', /expected JSON/],
    ['null', /expected an object with resourceSpans/],
    ['[]', /expected an object with resourceSpans/],
    ['{"resourceSpans":{}}', /resourceSpans: expected an array/],
    ['{"resourceSpans":[1]}', /resourceSpans: expected an object, got 1/],
    ['{"resourceLogs":[]}', /expected resourceSpans, got resourceLogs/],
    ['{"resource_spans":[]}', /expected resourceSpans, got resource_spans/],
  ])('refuses %s as a whole', (body, message) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ code: 'BODY_UNDECODABLE' }));
    expect(() => decode(body)).toThrow(message);
  });

  it('follows values 100 deep and no deeper', () => {
    const nested = (depth: number) => {
      let value: unknown = { intValue: 1 };
      for (let i = 1; i < depth; i++) value = { arrayValue: { values: [value] } };
      return { attributes: [{ key: 'k', value }] };
    };
    expect(decodeOne(nested(100)).rejections).toEqual([]);
    expect(decodeOne(nested(101)).rejections).toEqual(['attributes.value: nested deeper than 100']);
  });
});
