/** What a span did, whatever its emitter calls it. Plain data: the dashboard bundles it without zod. */
export const SPAN_KINDS = [
  'agent',
  'llm',
  'tool',
  'retrieval',
  'guardrail',
  'human',
  'step',
  'other',
] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** OTLP's status, and `error` also where another signal of the span says so (error.type). */
export const SPAN_STATUSES = ['unset', 'ok', 'error'] as const;
