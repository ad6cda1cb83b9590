import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { formatCost, formatDuration } from '../../domain/format.ts';
import { SpanId, TraceId } from '../../domain/ids.ts';
import { describeFinding, describeWaste } from '../../domain/loop-wording.ts';
import { type StructureSpan, spansOfStructure } from '../../domain/trace-structure.ts';
import { type Api, bodyOf, given } from './api.ts';
import { quoted } from './quoted.ts';

const readOnly = { readOnlyHint: true, openWorldHint: false };
const mostMattering = 12;

const Search = z.object({
  text: z.string().optional().describe('words that stand together in one place; phrases in double quotes'),
  status: z.enum(['ok', 'error']).optional(),
  agent: z.string().optional(),
  model: z.string().optional(),
  tool: z.string().optional(),
  service: z.string().optional(),
  looped: z.boolean().optional().describe('only traces that looped'),
  from: z.iso.datetime().optional().describe('traces that start then or later; default: seven days ago'),
  to: z.iso.datetime().optional(),
  limit: z.int().min(1).max(50).default(20),
  cursor: z.string().optional().describe('from the answer before'),
});

/** Tools that find and read traces. */
export function addTraceTools(server: McpServer, api: Api): void {
  server.registerTool(
    'search_traces',
    {
      description:
        'Find stored traces of agents, newest first, by text, agent, model, tool, failure or loops.',
      inputSchema: Search,
      annotations: readOnly,
    },
    async ({ text, looped, from, to, limit, cursor, ...filter }) => {
      const query = given({
        ...filter,
        q: text,
        loops: looped ? 'yes' : undefined,
        from: from && microsText(from),
        to: to && microsText(to),
      });
      const page = given({ limit: String(limit), before: cursor });
      const { traces, next } = await bodyOf(api.traces.$get({ query: { ...query, ...page } }));
      const { total } = await bodyOf(api.traces.count.$get({ query }));
      const rows = traces.map((trace) => ({
        traceId: trace.traceId,
        start: new Date(trace.start / 1000).toISOString(),
        name: trace.name,
        agent: trace.agent,
        models: trace.models,
        duration: formatDuration(trace.duration),
        spans: trace.spans,
        errors: trace.errors,
        cost: formatCost(trace.cost),
        loops: trace.loops,
        trialId: trace.trialId,
      }));
      const heading = total.exact
        ? 'Traces.'
        : `Traces; at least ${Math.max(total.count, rows.length)} pass the filter.`;
      return quoted(heading, rows, { shown: rows.length, total: total.exact ? total.count : null, next });
    },
  );

  server.registerTool(
    'get_trace',
    {
      description:
        'The structure of a trace: its spans in order, and those that matter most (failed, slow, dear). Texts of a span: get_span.',
      inputSchema: z.object({
        trace_id: TraceId,
        limit: z.int().min(1).max(300).default(100),
        cursor: z.string().regex(/^\d+$/).optional().describe('from the answer before'),
      }),
      annotations: readOnly,
    },
    async ({ trace_id: traceId, limit, cursor = '0' }) => {
      const { trace, structure } = await bodyOf(api.traces[':traceId'].$get({ param: { traceId } }));
      const spans = spansOfStructure(structure);
      const from = Number(cursor);
      const part = spans.slice(from, from + limit);
      const next = from + part.length < spans.length ? String(from + part.length) : null;
      const data = { trace, spansThatMatter: spansThatMatter(spans).map(rowOf), spans: part.map(rowOf) };
      return quoted('A trace.', data, { shown: part.length, total: structure.total, next });
    },
  );

  server.registerTool(
    'get_span',
    {
      description: 'One span with its messages, arguments, results, events and attributes.',
      inputSchema: z.object({ trace_id: TraceId, span_id: SpanId }),
      annotations: readOnly,
    },
    async ({ trace_id: traceId, span_id: spanId }) => {
      const param = { traceId, spanId };
      const { span } = await bodyOf(api.traces[':traceId'].spans[':spanId'].$get({ param }));
      return quoted('A span.', span);
    },
  );

  server.registerTool(
    'explain_loops',
    {
      description: 'Where a trace went round in circles: what was repeated, how often, and what it wasted.',
      inputSchema: z.object({ trace_id: TraceId }),
      annotations: readOnly,
    },
    async ({ trace_id: traceId }) => {
      const { loops, report } = await bodyOf(api.traces[':traceId'].loops.$get({ param: { traceId } }));
      if (report === null) return quoted('The trace could not be judged.', loops);
      const findings = report.findings.map((finding) => ({
        what: describeFinding(finding),
        wasted: describeWaste(finding.wasted),
        begins: finding.spanId,
      }));
      const { calls, idle } = report;
      return quoted(`${calls ?? 'Unknown'} tool calls, ${idle} of which brought nothing.`, {
        loops,
        findings,
      });
    },
  );
}

function microsText(iso: string): string {
  return String(Date.parse(iso) * 1000);
}

function rowOf(span: StructureSpan) {
  const { spanId, parentSpanId, name, kind, status, errorType, model, tool, duration, cost } = span;
  return {
    ...{ spanId, parentSpanId, name, kind, status },
    ...(errorType === null ? {} : { errorType }),
    ...(model === null ? {} : { model }),
    ...(tool === null ? {} : { tool }),
    duration: formatDuration(duration),
    ...(cost === null ? {} : { cost: formatCost(cost) }),
  };
}

/** The failed ones first, then the longest and the dearest of those without children. */
function spansThatMatter(spans: readonly StructureSpan[]): StructureSpan[] {
  const parents = new Set(spans.map(({ parentSpanId }) => parentSpanId));
  const leaves = spans.filter(({ spanId }) => !parents.has(spanId));
  const failed = spans.filter(({ status }) => status === 'error');
  const longest = leaves.toSorted((a, b) => b.duration - a.duration).slice(0, 4);
  const dearest = leaves.toSorted((a, b) => (b.cost ?? 0) - (a.cost ?? 0)).slice(0, 4);
  return [...new Set([...failed.slice(0, 6), ...longest, ...dearest])].slice(0, mostMattering);
}
