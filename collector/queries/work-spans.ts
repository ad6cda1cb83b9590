import { z } from 'zod';
import type { WorkSpan } from '../../domain/cost-of-work.ts';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import { CALLS } from './nested-calls.ts';

type Params = { project: string; traceIds: readonly TraceId[] };

const columns = z.object({
  trace: TraceId,
  span: SpanId,
  /** Empty for a root. */
  parent: z.string(),
  kind: z.enum(SPAN_KINDS),
  name: z.string(),
  call_number: z.int(),
  used: z.int(),
  cost: NanoUsd.nullable(),
  failed: z.int(),
  agent: z.string(),
  agent_version: z.string(),
  model: z.string(),
  tool: z.string(),
});

/** The spans of traces as far as cost goes. */
export const workSpans: Query<Params, typeof columns, WorkSpan & { traceId: TraceId }> = {
  sql: readSql('work-spans.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace,
    spanId: row.span,
    parentSpanId: row.parent || null,
    kind: row.kind,
    name: row.name,
    call: CALLS[row.call_number] ?? 'none',
    usageKnown: row.used === 1,
    cost: row.cost,
    failed: row.failed === 1,
    agent: row.agent || null,
    agentVersion: row.agent_version || null,
    model: row.model || null,
    tool: row.tool || null,
  }),
};
