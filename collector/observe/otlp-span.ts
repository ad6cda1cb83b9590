import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type AnyValue, doubleValue, type KeyValue } from '../otlp/any-value.ts';
import type { OtlpResource, OtlpSpan } from '../otlp/trace-request.ts';

/** A span that ended in this process, as it would have been sent. */
export function otlpSpan(span: ReadableSpan, resource: OtlpResource): OtlpSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const { name, version = '' } = span.instrumentationScope;
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? '',
    traceState: '',
    flags: traceFlags,
    name: span.name,
    // OTLP counts from 1: 0 is unspecified.
    kind: span.kind + 1,
    startTimeUnixNano: nanos(span.startTime),
    endTimeUnixNano: nanos(span.endTime),
    attributes: otlpAttributes(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: nanos(event.time),
      attributes: otlpAttributes(event.attributes ?? {}),
      droppedAttributesCount: event.droppedAttributesCount ?? 0,
    })),
    droppedEventsCount: span.droppedEventsCount,
    links: [],
    droppedLinksCount: span.droppedLinksCount + span.links.length,
    status: { code: span.status.code, message: span.status.message ?? '' },
    resource,
    scope: { name, version, attributes: [], schemaUrl: '' },
  };
}

export function otlpAttributes(attributes: Attributes): KeyValue[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: AttributeValue | null | undefined): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { intValue: String(value) }
        : doubleValue(value);
    default:
      if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
      return value == null ? {} : { stringValue: JSON.stringify(value) };
  }
}

function nanos([seconds, rest]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}
