import { type OtlpSpan, SpanRejected } from './trace-request.ts';

const earliest = BigInt(Date.UTC(2000, 0)) * 1_000_000n;
const latest = BigInt(Date.UTC(2100, 0)) * 1_000_000n;

/**
 * The contract that a span has to keep before it is stored, the same for every encoding.
 *
 * @throws SpanRejected naming what was expected and what came.
 */
export function checkSpan(span: OtlpSpan): OtlpSpan {
  checkId('traceId', span.traceId, 16);
  checkId('spanId', span.spanId, 8);
  if (/^0*$/.test(span.parentSpanId)) span.parentSpanId = '';
  else checkId('parentSpanId', span.parentSpanId, 8);
  const { startTimeUnixNano: start, endTimeUnixNano: end } = span;
  if (start < earliest || start >= latest) {
    throw new SpanRejected(
      `startTimeUnixNano: expected nanoseconds since 1970, between the years 2000 and 2100, got ${start}`,
    );
  }
  if (end < 0n || end >= latest) {
    throw new SpanRejected(
      `endTimeUnixNano: expected nanoseconds since 1970, before the year 2100, got ${end}`,
    );
  }
  return span;
}

function checkId(field: string, id: string, bytes: number): void {
  if (id.length !== bytes * 2) {
    throw new SpanRejected(`${field}: expected ${bytes} bytes, got ${id.length / 2}`);
  }
  if (!/[^0]/.test(id)) throw new SpanRejected(`${field}: expected an id, got zeros only`);
}
