import { z } from 'zod';
import { AlertEvent } from '../../domain/alert.ts';
import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { ControlledAgent, SentCommand } from '../../domain/control.ts';
import { SpanId } from '../../domain/ids.ts';
import { Json } from '../../domain/json.ts';
import { LogRecord } from '../../domain/log-record.ts';
import { LoopFinding, LoopReport } from '../../domain/loop.ts';
import { Pin } from '../../domain/pin.ts';
import { RunSummary } from '../../domain/run.ts';
import { SavedView } from '../../domain/saved-view.ts';
import { SpanDetail } from '../../domain/span.ts';
import { TraceSummary } from '../../domain/trace.ts';
import { TraceLoops } from '../../domain/trace-loops.ts';
import { Trial, TrialSummary } from '../../domain/trial.ts';
import { Micros } from '../../domain/units.ts';
import { ACCESS_ANSWERS } from './access-answers.ts';
import {
  DeletionShape,
  FacetShape,
  OutcomeCostsShape,
  OutcomeReportShape,
  ReplyCurveShape,
  RetentionPlanShape,
  RunComparisonShape,
  SentMessageShape,
  SpanChartShape,
  TraceStructureShape,
  WatchedRuleShape,
} from './shapes.ts';

/** What a route does and answers. */
export type Answer = {
  /** In a few words. */
  summary: string;
  /** By media type; `null` for one that is no JSON and has no shape. */
  content: Readonly<Record<string, z.ZodType | null>>;
  /** By media type, where the route checks its body itself. */
  body?: Readonly<Record<string, z.ZodType | null>>;
};

const json = (summary: string, shape: z.ZodType): Answer => ({
  summary,
  content: { 'application/json': shape },
});
const lines = (summary: string, shape: z.ZodType): Answer => ({
  summary,
  content: { 'application/x-ndjson': shape },
});
const jsonOrCsv = (summary: string, shape: z.ZodType): Answer => ({
  summary,
  content: { 'application/json': shape, 'text/csv': null },
});

const count = z.int().nonnegative();
const waiting = z.object({ bytes: count, segments: count, quarantined: count });
const Window = z.object({ from: Micros, to: Micros });
const next = z.string().nullable();
const stored = z.object({ stored: count });
const ListedTrace = z.intersection(TraceSummary, z.object({ loops: TraceLoops }));
const retention = z.object({ plan: RetentionPlanShape });
const deletion = z.object({ deletion: DeletionShape });
const Failed = z.object({ kind: z.literal('failed'), code: z.string(), message: z.string() });
const Figures = z.looseObject({ spans: count, calls: count });
const Looked = z.object({ traces: count, looped: count, unknown: count });

const otlp = (signal: string): Answer => ({
  summary: `OTLP: takes ${signal}; the request and the answer of opentelemetry-proto, in one encoding`,
  content: { 'application/x-protobuf': null, 'application/json': z.looseObject({}) },
  body: { 'application/x-protobuf': null, 'application/json': z.looseObject({}) },
});

/**
 * What each route answers, by method and path as Hono knows it, with the files of the dashboard left out. What it takes
 * is read from the routes themselves.
 */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'ALL /v1/traces': otlp('spans'),
  'ALL /v1/logs': otlp('log records'),
  'ALL /v1/metrics': otlp('data points'),
  'ALL /api/public/otel/v1/traces': otlp('spans'),
  'ALL /api/public/otel/v1/logs': otlp('log records'),
  'ALL /api/public/otel/v1/metrics': otlp('data points'),
  'GET /v1/control': {
    summary: 'The WebSocket of agents at work; to any other request 426',
    content: { 'text/plain': null },
  },
  'GET /api/alerts': json(
    'What is watched, where it stands, and what was told of it in 90 days',
    z.object({ rules: z.array(WatchedRuleShape), history: z.array(AlertEvent) }),
  ),
  'GET /api/control': json(
    'Agents at work that have connected',
    z.object({ agents: z.array(ControlledAgent) }),
  ),
  'POST /api/control/:session/commands': json(
    'Commands an agent at work: pause, resume, stop, override, feedback',
    z.object({ command: SentCommand }),
  ),
  'ALL /v1/outcomes': {
    ...json(
      'Takes business events; the same id again is the same event',
      z.object({
        accepted: count,
        rejected: count,
        errors: z.array(z.object({ index: count, id: z.string().nullable(), message: z.string() })),
      }),
    ),
    body: {
      'application/json': z.union([
        BusinessOutcome,
        z.array(BusinessOutcome),
        z.object({ outcomes: z.array(BusinessOutcome) }),
      ]),
    },
  },
  'GET /api/runs': json('Runs, newest first', z.object({ runs: z.array(RunSummary), next })),
  'GET /api/runs/:runId': json(
    'A run with its trials',
    z.object({ run: RunSummary, trials: z.array(TrialSummary) }),
  ),
  'PUT /api/runs/:runId': json('Stores a run; storing it again replaces it', stored),
  'POST /api/runs/:runId/trials': json('Stores trials; the same trial twice is one trial', stored),
  'GET /api/comparison': json(
    'The runs of one side against those of the other',
    z.object({ comparison: RunComparisonShape }),
  ),
  'GET /api/trials/:trialId': json(
    'A trial: its scenario, what was done, and how it was judged',
    z.object({ trial: Trial, run: RunSummary }),
  ),
  'GET /api/trials/:trialId/spans': json(
    'The spans that carry the id of a trial',
    z.object({ spans: z.array(SpanDetail), complete: z.boolean() }),
  ),
  'GET /api/traces': json(
    'Traces that start in a window and pass the filters, newest first',
    z.object({ traces: z.array(ListedTrace), next, window: Window, searched: Window }),
  ),
  'GET /api/traces/count': json(
    'How many traces a list holds over all its pages',
    z.object({ total: z.object({ count, exact: z.boolean() }), window: Window }),
  ),
  'GET /api/traces/named': json(
    'Those of the named traces that are stored',
    z.object({ traces: z.array(ListedTrace) }),
  ),
  'GET /api/traces/:traceId': json(
    'A trace: its spans as columns, without their text',
    z.object({ trace: TraceSummary, structure: TraceStructureShape }),
  ),
  'DELETE /api/traces/:traceId': json('Deletes a trace for good', deletion),
  'DELETE /api/subjects/:subject': json('Deletes what belongs to a lead, a session or a user', deletion),
  'DELETE /api/data': json('Deletes everything that the project holds', deletion),
  'GET /api/export': json(
    'The tables that can be exported',
    z.object({ schema: count, project: z.string(), tables: z.array(z.string()) }),
  ),
  'GET /api/export/:table': {
    summary: 'The rows of a table, as Parquet or JSON lines',
    content: { 'application/octet-stream': null },
  },
  'POST /api/import/:table': {
    ...json('Stores rows of an export; the same rows again change nothing', z.object({ table: z.string() })),
    body: { 'application/octet-stream': null },
  },
  'POST /api/backups': json(
    'Makes a backup in the data directory of the collector',
    z.object({ backup: z.object({ directory: z.string(), bytes: count, segments: count }) }),
  ),
  'GET /api/retention': json('What is past its age', retention),
  'POST /api/retention': json('Removes what is past its age', retention),
  'GET /api/traces/:traceId/search': json(
    'The spans of a trace in whose text a piece stands',
    z.object({ spanIds: z.array(SpanId) }),
  ),
  'GET /api/pins/:traceId': json('Notes of people on spans of a trace', z.object({ pins: z.array(Pin) })),
  'PUT /api/pins/:traceId/:pinId': json('Stores a note on a span', stored),
  'DELETE /api/pins/:traceId/:pinId': json('Takes a note off for good', z.object({ removed: count })),
  'GET /api/views/:page': json('Saved views of a page', z.object({ views: z.array(SavedView) })),
  'PUT /api/views/:page/:name': json('Saves the filters of a page under a name', stored),
  'DELETE /api/views/:page/:name': json('Deletes a saved view', z.object({ removed: count })),
  'GET /api/traces/:traceId/loops': json(
    'The loops of a trace',
    z.object({ loops: TraceLoops, report: LoopReport.nullable() }),
  ),
  'GET /api/traces/:traceId/logs': json(
    'The log records of a trace, by time',
    z.object({ logs: z.array(LogRecord), total: count }),
  ),
  'GET /api/traces/:traceId/spans/:spanId': json(
    'A span with its messages, arguments, results and attributes',
    z.object({ span: SpanDetail }),
  ),
  'GET /api/charts/spans': json(
    'Spans, errors, cost, tokens and latency over time',
    z.object({ chart: SpanChartShape, window: Window }),
  ),
  'GET /api/facets': json(
    'The values of a dimension with their counts',
    z.object({ facet: FacetShape, window: Window }),
  ),
  'GET /api/loops': lines(
    'Traces that looped, newest first, as they are found',
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('looped'),
        trace: TraceSummary,
        findings: z.array(LoopFinding),
        whole: z.boolean(),
      }),
      Looked.extend({ kind: z.literal('progress'), from: Micros }),
      Looked.extend({ kind: z.literal('done'), window: Window }),
      Failed,
    ]),
  ),
  'GET /api/outcomes/cohorts': jsonOrCsv(
    'Reply rates, and the cohorts that they are sums of',
    z.object({ report: OutcomeReportShape, window: Window }),
  ),
  'GET /api/outcomes/reply-times': json('How replies come with time', z.object({ curve: ReplyCurveShape })),
  'GET /api/outcomes/messages': jsonOrCsv(
    'Messages behind a figure, newest first',
    z.object({ messages: z.array(SentMessageShape), total: count }),
  ),
  'GET /api/outcomes/costs': jsonOrCsv(
    'What messages and replies cost',
    z.object({ costs: OutcomeCostsShape }),
  ),
  'GET /api/live': {
    summary: 'Server-sent events of spans and traces that have become readable',
    content: { 'text/event-stream': null },
  },
  'POST /api/query': {
    summary: 'Rows of read-only SQL, one a line',
    content: { 'application/x-ndjson': Json, 'text/csv': null },
  },
  'POST /api/maintenance/:task': lines(
    'Reads stored spans again by the mapper, or by the price list, of this version',
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('began'), before: Figures }),
      z.object({ kind: z.literal('progress'), read: count, written: count }),
      z.object({ kind: z.literal('done'), read: count, written: count, before: Figures, after: Figures }),
      Failed,
    ]),
  ),
  ...ACCESS_ANSWERS,
  'GET /api/openapi.json': json('This description', z.looseObject({ openapi: z.string() })),
  'GET /metrics': {
    summary: "The collector's own figures in Prometheus' text format",
    content: { 'text/plain': null },
  },
  'GET /healthz': json(
    'Whether spans are taken, and whether ClickHouse answers',
    z.object({
      status: z.enum(['ok', 'degraded', 'down']),
      clickhouse: z.enum(['up', 'down']),
      segments: waiting,
      shards: z
        .array(z.object({ name: z.string(), clickhouse: z.enum(['up', 'down']), segments: waiting }))
        .nullable(),
      redacted: z.record(z.string(), count).nullable(),
      leftOut: count,
    }),
  ),
};
