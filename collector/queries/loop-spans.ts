import { z } from 'zod';
import { SpanId, TraceId } from '../../domain/ids.ts';
import type { LoopSpan } from '../../domain/loop-steps.ts';
import type { Span } from '../../domain/span.ts';
import { SPAN_KINDS, SPAN_STATUSES } from '../../domain/span-kind.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import { toUsage } from './span-shape.ts';

type Params = { project: string; traceIds: readonly TraceId[]; spansOfTrace: number };

const tokens = z.int().nullable();

const columns = z.object({
  trace: TraceId,
  span: SpanId,
  parent: SpanId.nullable(),
  span_name: z.string(),
  kind_name: z.string(),
  start_micros: Micros,
  duration_micros: Micros,
  status_name: z.string(),
  said: z.string(),
  error: z.string().nullable(),
  agent_name: z.string().nullable(),
  tool_name: z.string().nullable(),
  reasons: z.array(z.string()),
  tokens_input: tokens,
  tokens_cache_read: tokens,
  tokens_cache_write: tokens,
  tokens_output: tokens,
  tokens_reasoning: tokens,
  cost: NanoUsd.nullable(),
});

/** A span of a trace without its text. */
type LightSpan = Pick<Span, 'traceId'> & Omit<LoopSpan, 'payload'> & { finishReasons: string[] };

const Kind = z.enum(SPAN_KINDS);
const Status = z.enum(SPAN_STATUSES);

/** The spans of given traces, by trace and start. */
export const loopSpans: Query<Params, typeof columns, LightSpan> = {
  sql: readSql('loop-spans.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace,
    spanId: row.span,
    parentSpanId: row.parent,
    name: row.span_name,
    kind: Kind.parse(row.kind_name),
    start: row.start_micros,
    duration: row.duration_micros,
    status: Status.parse(row.status_name),
    statusMessage: row.said,
    errorType: row.error,
    agent: row.agent_name,
    tool: row.tool_name,
    usage: toUsage(row),
    cost: row.cost,
    finishReasons: row.reasons,
  }),
};
