import fc from 'fast-check';
import { type AnyValue, doubleValue, type KeyValue } from '../otlp/any-value.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { exampleSpan, NOON } from './example-span.ts';

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => Buffer.from(value).toString('hex'))
    .filter((digits) => /[^0]/.test(digits));

/** Protobuf text is UTF-8: no lone surrogates. */
const text = fc.string({ unit: 'binary' });
const uint32 = fc.nat({ max: 0xffff_ffff });
const nanos = fc.bigInt({ min: 0n, max: 10n ** 18n }).map((offset) => NOON + offset);

export const arbitraryValue: fc.Arbitrary<AnyValue> = fc.letrec<{ value: AnyValue; pair: KeyValue }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text.map((stringValue) => ({ stringValue })),
      fc.boolean().map((boolValue) => ({ boolValue })),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int) => ({ intValue: int.toString() })),
      fc.double().map(doubleValue),
      fc.uint8Array().map((value) => ({ bytesValue: Buffer.from(value).toString('base64') })),
      fc.constant({}),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
      fc.array(tie('pair'), { maxLength: 3 }).map((values) => ({ kvlistValue: { values } })),
    ),
    pair: fc.record({ key: text, value: tie('value') }),
  }),
).value;

export const arbitraryPairs = fc.array(fc.record({ key: text, value: arbitraryValue }), { maxLength: 4 });

/** Any span that keeps the contract. */
export const arbitrarySpan: fc.Arbitrary<OtlpSpan> = fc
  .record({
    traceId: hex(16),
    spanId: hex(8),
    parentSpanId: fc.oneof(fc.constant(''), hex(8)),
    traceState: text,
    flags: uint32,
    name: text,
    kind: fc.nat({ max: 5 }),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: arbitraryPairs,
    droppedAttributesCount: uint32,
    events: fc.array(
      fc.record({
        name: text,
        timeUnixNano: nanos,
        attributes: arbitraryPairs,
        droppedAttributesCount: uint32,
      }),
      { maxLength: 2 },
    ),
    droppedEventsCount: uint32,
    links: fc.array(
      fc.record({
        traceId: hex(16),
        spanId: hex(8),
        traceState: text,
        attributes: arbitraryPairs,
        droppedAttributesCount: uint32,
        flags: uint32,
      }),
      { maxLength: 2 },
    ),
    droppedLinksCount: uint32,
    status: fc.record({ code: fc.nat({ max: 2 }), message: text }),
    resource: fc.record({ attributes: arbitraryPairs, schemaUrl: text }),
    scope: fc.record({ name: text, version: text, attributes: arbitraryPairs, schemaUrl: text }),
  })
  .map(exampleSpan);
