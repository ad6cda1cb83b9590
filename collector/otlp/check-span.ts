import { type OtlpSpan, SpanRejected } from './trace-request.ts';

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
  return span;
}

function checkId(field: string, id: string, bytes: number): void {
  if (id.length !== bytes * 2) {
    throw new SpanRejected(`${field}: expected ${bytes} bytes, got ${id.length / 2}`);
  }
  if (!/[^0]/.test(id)) throw new SpanRejected(`${field}: expected an id, got zeros only`);
}
