import { z } from 'zod';
import { type Countable, countedCalls } from '../../domain/counted-calls.ts';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

const columns = z.object({
  trace: TraceId,
  span: SpanId,
  /** Empty for a root. */
  parent: z.string(),
  /** 0 none, 1 a call, 2 a wrapper of calls. */
  call_number: z.int(),
  used: z.int(),
});

type TraceSpan = Countable & { traceId: TraceId };
export const CALLS = ['none', 'call', 'aggregate'] as const;

const toValue = (row: z.output<typeof columns>): TraceSpan => ({
  traceId: row.trace,
  spanId: row.span,
  parentSpanId: row.parent || null,
  call: CALLS[row.call_number] ?? 'none',
  usageKnown: row.used === 1,
});

type OfTraces = { project: string; traceIds: readonly TraceId[] };

/** The spans of given traces. */
export const nestedCallsOfTraces: Query<OfTraces, typeof columns, TraceSpan> = {
  sql: readSql('nested-calls-of-traces.sql', import.meta.dirname),
  columns,
  toValue,
};

type OfHours = { project: string; quarters: readonly number[] };

/** The spans of the traces in which calls have spans beneath them, in given quarters of hours (seconds since the epoch). */
export const nestedCallsOfHours: Query<OfHours, typeof columns, TraceSpan> = {
  sql: readSql('nested-calls-of-hours.sql', import.meta.dirname),
  columns,
  toValue,
};

/** The calls that do not count since another beneath them does: trace id and span id, one after the other. */
export function enclosingCalls(spans: readonly TraceSpan[]): string[] {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return [...traces].flatMap(([traceId, members]) => {
    const counted = countedCalls(members);
    return members
      .filter(({ call, spanId }) => call === 'call' && !counted.has(spanId))
      .map(({ spanId }) => traceId + spanId);
  });
}
