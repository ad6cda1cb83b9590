import type { AnyValue, KeyValue } from '../otlp/any-value.ts';
import { emptyResource, emptyScope, emptySpan, type OtlpSpan } from '../otlp/trace-request.ts';

/** 2026-11-22T12:00:00Z in nanoseconds. */
export const NOON = 1_795_348_800_000_000_000n;

/** A valid span, with what a test cares about laid over it. */
export function exampleSpan(overrides: Partial<OtlpSpan> = {}): OtlpSpan {
  return {
    ...emptySpan(emptyResource(), emptyScope()),
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'chat gpt-4o-mini',
    kind: 3,
    startTimeUnixNano: NOON,
    endTimeUnixNano: NOON + 1_500_000_000n,
    ...overrides,
  };
}

/** Attributes out of plain values: text, whole numbers as integers, others as doubles, booleans. */
export function attributes(values: Record<string, string | number | boolean | string[]>): KeyValue[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean | string[]): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** The span as clients send it in JSON. */
export function jsonRequest(...spans: Record<string, unknown>[]): string {
  return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] });
}

export const JSON_SPAN = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name: 'chat',
  startTimeUnixNano: String(NOON),
  endTimeUnixNano: String(NOON + 1000n),
};
