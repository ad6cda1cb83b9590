import { z } from 'zod';
import { SpanId, TraceId } from '../../domain/ids.ts';
import type { Span } from '../../domain/span.ts';
import { SPAN_KINDS, SPAN_STATUSES } from '../../domain/span-kind.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';
import { rehearsalIds } from './trace-summaries.ts';

const tokens = z.int().nullable();

/** The columns that every query about single spans answers with. A text that is not known is empty. */
export const SPAN_ROW = z.object({
  trace: TraceId,
  span: SpanId,
  /** Empty for a root. */
  parent: z.string(),
  start_micros: Micros,
  duration_micros: Micros,
  name: z.string(),
  kind: z.enum(SPAN_KINDS),
  status: z.enum(SPAN_STATUSES),
  status_message: z.string(),
  error_type: z.string(),
  service: z.string(),
  operation: z.string(),
  agent: z.string(),
  provider: z.string(),
  model_requested: z.string(),
  model_responded: z.string(),
  tool: z.string(),
  session: z.string(),
  tokens_input: tokens,
  tokens_cache_read: tokens,
  tokens_cache_write: tokens,
  tokens_output: tokens,
  tokens_reasoning: tokens,
  cost: NanoUsd.nullable(),
  run_id: z.string(),
  trial_id: z.string(),
  scenario_id: z.string(),
});
type SpanRow = z.output<typeof SPAN_ROW>;

export function toSpan(row: SpanRow): Span {
  return {
    traceId: row.trace,
    spanId: row.span,
    parentSpanId: SpanId.nullable().parse(row.parent || null),
    name: row.name,
    kind: row.kind,
    start: row.start_micros,
    duration: row.duration_micros,
    status: row.status,
    statusMessage: row.status_message,
    errorType: row.error_type || null,
    service: row.service,
    operation: row.operation || null,
    agent: row.agent || null,
    provider: row.provider || null,
    model: row.model_responded || row.model_requested || null,
    tool: row.tool || null,
    session: row.session || null,
    usage: toUsage(row),
    cost: row.cost,
    ...rehearsalIds(row.run_id, row.trial_id, row.scenario_id),
  };
}

type Tokens = Pick<
  SpanRow,
  'tokens_input' | 'tokens_cache_read' | 'tokens_cache_write' | 'tokens_output' | 'tokens_reasoning'
>;

/** `null` where no bucket is known. */
export function toUsage(row: Tokens): Usage | null {
  const usage = toBuckets(row);
  return Object.values(usage).every((count) => count === null) ? null : usage;
}

function toBuckets(row: Tokens): Usage {
  return {
    input: row.tokens_input,
    cacheRead: row.tokens_cache_read,
    cacheWrite: row.tokens_cache_write,
    output: row.tokens_output,
    reasoning: row.tokens_reasoning,
  };
}
