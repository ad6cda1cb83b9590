import { AppError } from '../../domain/errors.ts';
import { checkSpan } from './check-span.ts';
import { envelopeOf } from './envelope.ts';
import { attributes, enumeration, id, list, members, nanoseconds, text, uint32 } from './json-value.ts';
import { parseJson } from './parse-json.ts';
import { MOST_REJECTIONS, tooManyRejections } from './rejections.ts';
import {
  emptyResource,
  emptyScope,
  type OtlpEvent,
  type OtlpLink,
  type OtlpResource,
  type OtlpScope,
  type OtlpSpan,
  SpanRejected,
  type TraceRequest,
} from './trace-request.ts';

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map(
  (name) => `SPAN_KIND_${name}`,
);
const STATUS_CODES = ['UNSET', 'OK', 'ERROR'].map((name) => `STATUS_CODE_${name}`);

/**
 * Decodes an ExportTraceServiceRequest in OTLP's JSON encoding. Unknown fields are ignored at every level.
 *
 * @throws AppError BODY_TOO_LARGE, BODY_UNDECODABLE where the envelope is not that of spans; what is wrong within one span is a
 * rejection.
 */
export function decodeJson(body: Buffer): TraceRequest {
  const request: TraceRequest = { spans: [], rejections: [] };
  const given = envelopeOf(parseJson(body), 'traces');
  for (const resourceSpans of envelopeList(given.resourceSpans, 'resourceSpans')) {
    const { resource, scopeSpans, schemaUrl } = resourceSpans;
    const context = readContext(() => readResource(resource, schemaUrl), emptyResource());
    for (const entry of envelopeList(scopeSpans, 'scopeSpans')) {
      const { scope, spans, schemaUrl: scopeSchemaUrl } = entry;
      const inner = readContext(() => readScope(scope, scopeSchemaUrl), emptyScope());
      for (const span of envelopeList(spans, 'spans')) {
        const fault = context.fault ?? inner.fault;
        keepOrReject(request, () => {
          if (fault) throw fault;
          return checkSpan(readSpan(span, context.value, inner.value));
        });
      }
    }
  }
  return request;
}

function envelopeList(value: unknown, field: string): Record<string, unknown>[] {
  try {
    return list(value, field).map((entry) => members(entry, field));
  } catch (error) {
    if (error instanceof SpanRejected) throw new AppError('BODY_UNDECODABLE', error.message);
    throw error;
  }
}

/** A resource or scope that cannot be read is a fault of each of its spans. */
function readContext<T>(read: () => T, fallback: T): { value: T; fault: SpanRejected | null } {
  try {
    return { value: read(), fault: null };
  } catch (error) {
    if (error instanceof SpanRejected) return { value: fallback, fault: error };
    throw error;
  }
}

function keepOrReject(request: TraceRequest, read: () => OtlpSpan): void {
  try {
    request.spans.push(read());
  } catch (error) {
    if (!(error instanceof SpanRejected)) throw error;
    if (request.rejections.length >= MOST_REJECTIONS) throw tooManyRejections(error.message);
    request.rejections.push(error.message);
  }
}

function readResource(value: unknown, schemaUrl: unknown): OtlpResource {
  const resource = members(value, 'resource');
  return {
    attributes: attributes(resource.attributes, 'resource.attributes'),
    schemaUrl: text(schemaUrl, 'schemaUrl'),
  };
}

function readScope(value: unknown, schemaUrl: unknown): OtlpScope {
  const scope = members(value, 'scope');
  return {
    name: text(scope.name, 'scope.name'),
    version: text(scope.version, 'scope.version'),
    attributes: attributes(scope.attributes, 'scope.attributes'),
    schemaUrl: text(schemaUrl, 'schemaUrl'),
  };
}

function readSpan(span: Record<string, unknown>, resource: OtlpResource, scope: OtlpScope): OtlpSpan {
  const status = members(span.status, 'status');
  return {
    traceId: id(span.traceId, 16, 'traceId'),
    spanId: id(span.spanId, 8, 'spanId'),
    parentSpanId: id(span.parentSpanId, 8, 'parentSpanId'),
    traceState: text(span.traceState, 'traceState'),
    flags: uint32(span.flags, 'flags'),
    name: text(span.name, 'name'),
    kind: enumeration(span.kind, KINDS, 'kind'),
    startTimeUnixNano: nanoseconds(span.startTimeUnixNano, 'startTimeUnixNano'),
    endTimeUnixNano: nanoseconds(span.endTimeUnixNano, 'endTimeUnixNano'),
    attributes: attributes(span.attributes, 'attributes'),
    droppedAttributesCount: uint32(span.droppedAttributesCount, 'droppedAttributesCount'),
    events: list(span.events, 'events').map(readEvent),
    droppedEventsCount: uint32(span.droppedEventsCount, 'droppedEventsCount'),
    links: list(span.links, 'links').map(readLink),
    droppedLinksCount: uint32(span.droppedLinksCount, 'droppedLinksCount'),
    status: {
      code: enumeration(status.code, STATUS_CODES, 'status.code'),
      message: text(status.message, 'status.message'),
    },
    resource,
    scope,
  };
}

function readEvent(value: unknown): OtlpEvent {
  const event = members(value, 'events');
  return {
    name: text(event.name, 'events.name'),
    timeUnixNano: nanoseconds(event.timeUnixNano, 'events.timeUnixNano'),
    attributes: attributes(event.attributes, 'events.attributes'),
    droppedAttributesCount: uint32(event.droppedAttributesCount, 'events.droppedAttributesCount'),
  };
}

function readLink(value: unknown): OtlpLink {
  const link = members(value, 'links');
  return {
    traceId: id(link.traceId, 16, 'links.traceId'),
    spanId: id(link.spanId, 8, 'links.spanId'),
    traceState: text(link.traceState, 'links.traceState'),
    attributes: attributes(link.attributes, 'links.attributes'),
    droppedAttributesCount: uint32(link.droppedAttributesCount, 'links.droppedAttributesCount'),
    flags: uint32(link.flags, 'links.flags'),
  };
}
