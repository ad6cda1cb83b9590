import { type AnyValue, doubleValue, type KeyValue, MAX_DEPTH } from './any-value.ts';
import { checkSpan } from './check-span.ts';
import {
  emptyResource,
  emptyScope,
  emptySpan,
  type OtlpEvent,
  type OtlpLink,
  type OtlpResource,
  type OtlpScope,
  type OtlpSpan,
  SpanRejected,
  type TraceRequest,
} from './trace-request.ts';
import { WireError, WireReader } from './wire-reader.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** A log record's time has the number of a span's trace id, in another wire type. */
export const LOG_RECORD_REASON = 'traceId: expected 16 bytes, got a number: this looks like a log record';

/**
 * Decodes an ExportTraceServiceRequest of opentelemetry-proto 1.x. Unknown fields are passed over.
 *
 * @throws WireError where the envelope cannot be read; what is wrong within one span is a rejection.
 */
export function decodeProtobuf(body: Buffer): TraceRequest {
  const request: TraceRequest = { spans: [], rejections: [] };
  const reader = new WireReader(body);
  while (reader.next()) {
    if (reader.is(1, LENGTH)) readResourceSpans(reader.message(), request);
    else reader.skip();
  }
  return request;
}

function readResourceSpans(reader: WireReader, request: TraceRequest): void {
  const resource = emptyResource();
  while (reader.next()) {
    if (reader.is(1, LENGTH)) readResource(reader.message(), resource);
    else if (reader.is(2, LENGTH)) readScopeSpans(reader.message(), resource, request);
    else if (reader.is(3, LENGTH)) resource.schemaUrl = reader.text();
    else reader.skip();
  }
}

export function readResource(reader: WireReader, resource: OtlpResource): void {
  while (reader.next()) {
    if (reader.is(1, LENGTH)) resource.attributes.push(readKeyValue(reader.message(), 1));
    else reader.skip();
  }
}

function readScopeSpans(reader: WireReader, resource: OtlpResource, request: TraceRequest): void {
  const scope = emptyScope();
  while (reader.next()) {
    if (reader.is(1, LENGTH)) readScope(reader.message(), scope);
    else if (reader.is(2, LENGTH)) keepOrReject(reader.message(), resource, scope, request);
    else if (reader.is(3, LENGTH)) scope.schemaUrl = reader.text();
    else reader.skip();
  }
}

export function readScope(reader: WireReader, scope: OtlpScope): void {
  while (reader.next()) {
    if (reader.is(1, LENGTH)) scope.name = reader.text();
    else if (reader.is(2, LENGTH)) scope.version = reader.text();
    else if (reader.is(3, LENGTH)) scope.attributes.push(readKeyValue(reader.message(), 1));
    else reader.skip();
  }
}

/** The span's bounds are known, so that bytes that make no sense within them spoil no other span. */
function keepOrReject(
  reader: WireReader,
  resource: OtlpResource,
  scope: OtlpScope,
  request: TraceRequest,
): void {
  try {
    request.spans.push(checkSpan(readSpan(reader, emptySpan(resource, scope))));
  } catch (error) {
    if (error instanceof SpanRejected) request.rejections.push(error.message);
    else if (error instanceof WireError) request.rejections.push(`span: undecodable (${error.message})`);
    else throw error;
  }
}

function readSpan(reader: WireReader, span: OtlpSpan): OtlpSpan {
  while (reader.next()) {
    if (reader.is(1, LENGTH)) span.traceId = reader.bytes().toString('hex');
    else if (reader.is(1, FIXED64)) throw new SpanRejected(LOG_RECORD_REASON);
    else if (reader.is(2, LENGTH)) span.spanId = reader.bytes().toString('hex');
    else if (reader.is(3, LENGTH)) span.traceState = reader.text();
    else if (reader.is(4, LENGTH)) span.parentSpanId = reader.bytes().toString('hex');
    else if (reader.is(5, LENGTH)) span.name = reader.text();
    else if (reader.is(6, VARINT)) span.kind = reader.int32();
    else if (reader.is(7, FIXED64)) span.startTimeUnixNano = reader.fixed64();
    else if (reader.is(8, FIXED64)) span.endTimeUnixNano = reader.fixed64();
    else if (reader.is(9, LENGTH)) span.attributes.push(readKeyValue(reader.message(), 1));
    else if (reader.is(10, VARINT)) span.droppedAttributesCount = reader.uint32();
    else if (reader.is(11, LENGTH)) span.events.push(readEvent(reader.message()));
    else if (reader.is(12, VARINT)) span.droppedEventsCount = reader.uint32();
    else if (reader.is(13, LENGTH)) span.links.push(readLink(reader.message()));
    else if (reader.is(14, VARINT)) span.droppedLinksCount = reader.uint32();
    else if (reader.is(15, LENGTH)) readStatus(reader.message(), span.status);
    else if (reader.is(16, FIXED32)) span.flags = reader.fixed32();
    else reader.skip();
  }
  return span;
}

export function readEvent(reader: WireReader): OtlpEvent {
  const event: OtlpEvent = { name: '', timeUnixNano: 0n, attributes: [], droppedAttributesCount: 0 };
  while (reader.next()) {
    if (reader.is(1, FIXED64)) event.timeUnixNano = reader.fixed64();
    else if (reader.is(2, LENGTH)) event.name = reader.text();
    else if (reader.is(3, LENGTH)) event.attributes.push(readKeyValue(reader.message(), 1));
    else if (reader.is(4, VARINT)) event.droppedAttributesCount = reader.uint32();
    else reader.skip();
  }
  return event;
}

export function readLink(reader: WireReader): OtlpLink {
  const link: OtlpLink = {
    traceId: '',
    spanId: '',
    traceState: '',
    attributes: [],
    droppedAttributesCount: 0,
    flags: 0,
  };
  while (reader.next()) {
    if (reader.is(1, LENGTH)) link.traceId = reader.bytes().toString('hex');
    else if (reader.is(2, LENGTH)) link.spanId = reader.bytes().toString('hex');
    else if (reader.is(3, LENGTH)) link.traceState = reader.text();
    else if (reader.is(4, LENGTH)) link.attributes.push(readKeyValue(reader.message(), 1));
    else if (reader.is(5, VARINT)) link.droppedAttributesCount = reader.uint32();
    else if (reader.is(6, FIXED32)) link.flags = reader.fixed32();
    else reader.skip();
  }
  return link;
}

function readStatus(reader: WireReader, status: OtlpSpan['status']): void {
  while (reader.next()) {
    if (reader.is(2, LENGTH)) status.message = reader.text();
    else if (reader.is(3, VARINT)) status.code = reader.int32();
    else reader.skip();
  }
}

function readKeyValue(reader: WireReader, depth: number): KeyValue {
  const pair: KeyValue = { key: '', value: {} };
  while (reader.next()) {
    if (reader.is(1, LENGTH)) pair.key = reader.text();
    else if (reader.is(2, LENGTH)) pair.value = readAnyValue(reader.message(), depth);
    else reader.skip();
  }
  return pair;
}

/**
 * A value within `depth - 1` others. It is a `oneof`: of several members the last counts.
 *
 * @throws WireError, also where values are nested deeper than MAX_DEPTH.
 */
export function readAnyValue(reader: WireReader, depth: number): AnyValue {
  if (depth > MAX_DEPTH) throw new WireError(`a value nested deeper than ${MAX_DEPTH}`);
  let value: AnyValue = {};
  while (reader.next()) {
    if (reader.is(1, LENGTH)) value = { stringValue: reader.text() };
    else if (reader.is(2, VARINT)) value = { boolValue: reader.varint() !== 0n };
    else if (reader.is(3, VARINT)) value = { intValue: BigInt.asIntN(64, reader.varint()).toString() };
    else if (reader.is(4, FIXED64)) value = doubleValue(reader.double());
    else if (reader.is(5, LENGTH)) value = { arrayValue: { values: readArray(reader.message(), depth) } };
    else if (reader.is(6, LENGTH)) value = { kvlistValue: { values: readList(reader.message(), depth) } };
    else if (reader.is(7, LENGTH)) value = { bytesValue: reader.bytes().toString('base64') };
    else reader.skip();
  }
  return value;
}

function readArray(reader: WireReader, depth: number): AnyValue[] {
  const values: AnyValue[] = [];
  while (reader.next()) {
    if (reader.is(1, LENGTH)) values.push(readAnyValue(reader.message(), depth + 1));
    else reader.skip();
  }
  return values;
}

function readList(reader: WireReader, depth: number): KeyValue[] {
  const values: KeyValue[] = [];
  while (reader.next()) {
    if (reader.is(1, LENGTH)) values.push(readKeyValue(reader.message(), depth + 1));
    else reader.skip();
  }
  return values;
}
