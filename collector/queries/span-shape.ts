import { z } from 'zod';
import { RunId, ScenarioId, SpanId, TraceId, TrialId } from '../../domain/ids.ts';
import type { Span } from '../../domain/span.ts';
import { SPAN_KINDS, SPAN_STATUSES } from '../../domain/span-kind.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import type { Usage } from '../../domain/usage.ts';

const tokens = z.int().nullable();

/** The columns that every query about single spans answers with. */
export const SPAN_ROW = z.object({
  trace_id: TraceId,
  span_id: SpanId,
  parent_span_id: SpanId.nullable(),
  name: z.string(),
  kind: z.enum(SPAN_KINDS),
  start_micros: Micros,
  duration_micros: Micros,
  status: z.enum(SPAN_STATUSES),
  status_message: z.string(),
  error_type: z.string().nullable(),
  service: z.string(),
  operation: z.string().nullable(),
  agent: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  tool: z.string().nullable(),
  session: z.string().nullable(),
  tokens_input: tokens,
  tokens_cache_read: tokens,
  tokens_cache_write: tokens,
  tokens_output: tokens,
  tokens_reasoning: tokens,
  cost: NanoUsd.nullable(),
  run_id: RunId.nullable(),
  trial_id: TrialId.nullable(),
  scenario_id: ScenarioId.nullable(),
});
type SpanRow = z.output<typeof SPAN_ROW>;

export function toSpan(row: SpanRow): Span {
  return {
    traceId: row.trace_id,
    spanId: row.span_id,
    parentSpanId: row.parent_span_id,
    name: row.name,
    kind: row.kind,
    start: row.start_micros,
    duration: row.duration_micros,
    status: row.status,
    statusMessage: row.status_message,
    errorType: row.error_type,
    service: row.service,
    operation: row.operation,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    tool: row.tool,
    session: row.session,
    usage: toUsage(row),
    cost: row.cost,
    runId: row.run_id,
    trialId: row.trial_id,
    scenarioId: row.scenario_id,
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
