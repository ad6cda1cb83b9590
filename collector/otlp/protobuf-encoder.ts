import { ByteWriter } from '../store/byte-writer.ts';
import type { AnyValue, KeyValue } from './any-value.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan } from './trace-request.ts';

/**
 * Writes an ExportTraceServiceRequest in protobuf, field by field after opentelemetry-proto: the one form that spans have
 * inside. Consecutive spans of one resource and scope share an envelope.
 */
export function encodeTraceRequest(spans: readonly OtlpSpan[]): Buffer {
  return message((out) => {
    for (const ofResource of runsOf(spans, (span) => span.resource)) {
      const [{ resource } = absent()] = ofResource;
      field(out, 1, (resourceSpans) => {
        field(resourceSpans, 1, (inner) => keyValues(inner, 1, resource.attributes));
        for (const ofScope of runsOf(ofResource, (span) => span.scope)) {
          const [{ scope } = absent()] = ofScope;
          field(resourceSpans, 2, (scopeSpans) => {
            field(scopeSpans, 1, (inner) => {
              text(inner, 1, scope.name);
              text(inner, 2, scope.version);
              keyValues(inner, 3, scope.attributes);
            });
            for (const span of ofScope) field(scopeSpans, 2, (inner) => writeSpan(inner, span));
            text(scopeSpans, 3, scope.schemaUrl);
          });
        }
        text(resourceSpans, 3, resource.schemaUrl);
      });
    }
  });
}

/** A message of its own. */
export function message(write: (out: ByteWriter) => void): Buffer {
  const out = new ByteWriter();
  write(out);
  return Buffer.from(out.bytes());
}

/** A nested message. */
export function field(out: ByteWriter, number: number, write: (inner: ByteWriter) => void): void {
  out.varint(number * 8 + 2);
  out.measured(write);
}

export function bytes(out: ByteWriter, number: number, value: Buffer): void {
  out.varint(number * 8 + 2);
  out.varint(value.length);
  out.raw(value);
}

export function text(out: ByteWriter, number: number, value: string): void {
  if (value !== '') bytes(out, number, Buffer.from(value, 'utf8'));
}

export function varint(out: ByteWriter, number: number, value: bigint): void {
  out.varint(number * 8);
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    out.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.byte(Number(rest));
}

export function fixed64(out: ByteWriter, number: number, value: bigint): void {
  out.varint(number * 8 + 1);
  out.uint64(value);
}

function fixed32(out: ByteWriter, number: number, value: number): void {
  out.varint(number * 8 + 5);
  out.uint32(value);
}

function writeSpan(out: ByteWriter, span: OtlpSpan): void {
  bytes(out, 1, Buffer.from(span.traceId, 'hex'));
  bytes(out, 2, Buffer.from(span.spanId, 'hex'));
  text(out, 3, span.traceState);
  if (span.parentSpanId !== '') bytes(out, 4, Buffer.from(span.parentSpanId, 'hex'));
  text(out, 5, span.name);
  varint(out, 6, BigInt(span.kind));
  fixed64(out, 7, span.startTimeUnixNano);
  fixed64(out, 8, span.endTimeUnixNano);
  keyValues(out, 9, span.attributes);
  varint(out, 10, BigInt(span.droppedAttributesCount));
  for (const event of span.events) field(out, 11, (inner) => writeEvent(inner, event));
  varint(out, 12, BigInt(span.droppedEventsCount));
  for (const link of span.links) field(out, 13, (inner) => writeLink(inner, link));
  varint(out, 14, BigInt(span.droppedLinksCount));
  field(out, 15, (inner) => {
    text(inner, 2, span.status.message);
    varint(inner, 3, BigInt(span.status.code));
  });
  fixed32(out, 16, span.flags);
}

function writeEvent(out: ByteWriter, event: OtlpEvent): void {
  fixed64(out, 1, event.timeUnixNano);
  text(out, 2, event.name);
  keyValues(out, 3, event.attributes);
  varint(out, 4, BigInt(event.droppedAttributesCount));
}

function writeLink(out: ByteWriter, link: OtlpLink): void {
  bytes(out, 1, Buffer.from(link.traceId, 'hex'));
  bytes(out, 2, Buffer.from(link.spanId, 'hex'));
  text(out, 3, link.traceState);
  keyValues(out, 4, link.attributes);
  varint(out, 5, BigInt(link.droppedAttributesCount));
  fixed32(out, 6, link.flags);
}

export function keyValues(out: ByteWriter, number: number, pairs: readonly KeyValue[]): void {
  for (const { key, value } of pairs) {
    field(out, number, (inner) => {
      text(inner, 1, key);
      field(inner, 2, (any) => writeAnyValue(any, value));
    });
  }
}

function writeAnyValue(out: ByteWriter, value: AnyValue): void {
  if ('stringValue' in value) bytes(out, 1, Buffer.from(value.stringValue, 'utf8'));
  else if ('boolValue' in value) varint(out, 2, value.boolValue ? 1n : 0n);
  else if ('intValue' in value) varint(out, 3, BigInt(value.intValue));
  else if ('doubleValue' in value) {
    const eight = Buffer.alloc(8);
    eight.writeDoubleLE(Number(value.doubleValue));
    fixed64(out, 4, eight.readBigUInt64LE());
  } else if ('arrayValue' in value) {
    field(out, 5, (inner) => {
      for (const item of value.arrayValue.values) field(inner, 1, (any) => writeAnyValue(any, item));
    });
  } else if ('kvlistValue' in value) {
    field(out, 6, (inner) => keyValues(inner, 1, value.kvlistValue.values));
  } else if ('bytesValue' in value) bytes(out, 7, Buffer.from(value.bytesValue, 'base64'));
}

/** Splits where the key changes. */
function runsOf<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const runs: T[][] = [];
  let last: unknown;
  for (const item of items) {
    const key = keyOf(item);
    if (runs.length > 0 && key === last) runs.at(-1)?.push(item);
    else runs.push([item]);
    last = key;
  }
  return runs;
}

function absent(): never {
  throw new Error('a run is never empty');
}
