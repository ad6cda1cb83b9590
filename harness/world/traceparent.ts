import { SpanId, TraceId } from '../../domain/ids.ts';

/** The caller's span as W3C Trace Context names it: `00-<trace id>-<span id>-<flags>`. Anything else is no span. */
export function readTraceparent(header: string | null): { traceId: TraceId | null; spanId: SpanId | null } {
  if (header === null) return { traceId: null, spanId: null };
  const [version, traceText, spanText] = header.trim().split('-');
  const traceId = TraceId.safeParse(traceText);
  const spanId = SpanId.safeParse(spanText);
  const valid = /^(?!ff)[0-9a-f]{2}$/.test(version ?? '') && traceId.success && spanId.success;
  return valid ? { traceId: traceId.data, spanId: spanId.data } : { traceId: null, spanId: null };
}
