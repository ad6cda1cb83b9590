import { z } from 'zod';
import type { WatchedRule } from '../../domain/alert.ts';
import { ALERT_METRICS, type AlertMetric } from '../../domain/alert-metric.ts';
import { DIMENSIONS, type Facet, type SpanChart } from '../../domain/chart.ts';
import type { CostRow, WastedCost } from '../../domain/cost-row.ts';
import { DELETION_KINDS, type Deletion } from '../../domain/deletion.ts';
import { ProjectId, ScenarioId, SpanId, TraceId } from '../../domain/ids.ts';
import type { OutcomeCohort, OutcomeCounts, OutcomeSplit } from '../../domain/outcome-cohort.ts';
import type { OutcomeCosts, OutcomeReport, ReplyCurve } from '../../domain/outcome-report.ts';
import { OUTCOME_DIMENSIONS } from '../../domain/outcome-type.ts';
import { Rate } from '../../domain/rate.ts';
import type { RetentionPlan } from '../../domain/retention.ts';
import { RunSummary } from '../../domain/run.ts';
import type { SentMessage } from '../../domain/sent-message.ts';
import type { TraceStructure } from '../../domain/trace-structure.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';

/*
 * Shapes of answers whose types the dashboard reads without zod. They are described here a second time; the annotations
 * hold each to its type, and a test to what is really answered.
 */

const count = z.int().nonnegative();
const counts = z.array(count);
const told = z.string().nullable();
const tokens = z.array(count.nullable());
const usage = { input: tokens, cacheRead: tokens, cacheWrite: tokens, output: tokens, reasoning: tokens };
const costs = z.array(NanoUsd.nullable());

export const SpanChartShape: z.ZodType<SpanChart> = z.object({
  by: z.enum(DIMENSIONS),
  starts: z.array(Micros),
  step: Micros,
  series: z.array(
    z.object({
      value: told,
      spans: counts,
      errors: counts,
      calls: counts,
      unpricedCalls: counts,
      unmeteredCalls: counts,
      cost: costs,
      usage: z.object(usage),
      p50: z.array(Micros.nullable()),
      p95: z.array(Micros.nullable()),
    }),
  ),
});

export const FacetShape: z.ZodType<Facet> = z.object({
  field: z.enum(DIMENSIONS),
  values: z.array(z.object({ value: told, spans: count, errors: count })),
  distinct: count,
});

const places = z.array(z.int());

export const TraceStructureShape: z.ZodType<TraceStructure> = z.object({
  traceId: TraceId,
  start: Micros,
  total: count,
  texts: z.array(z.string()),
  missing: z.array(SpanId),
  spanId: z.array(SpanId),
  parent: places,
  gap: places,
  duration: places,
  kind: places,
  status: places,
  name: places,
  errorType: places,
  service: places,
  operation: places,
  agent: places,
  provider: places,
  model: places,
  tool: places,
  usage: z.object({ span: places, counted: z.array(z.literal([0, 1])), cost: costs, ...usage }),
});

const Counts: z.ZodType<OutcomeCounts> = z.object({
  sent: count,
  delivered: count,
  bounced: count,
  replied: count,
  deliveredReplied: count,
  positive: count,
  deliveredPositive: count,
  meetings: count,
  optedOut: count,
  contactedLeads: count,
  repliedLeads: count,
  aggregated: count,
});

const Cohort: z.ZodType<OutcomeCohort> = z.intersection(
  Counts,
  z.object({ start: Micros, value: told, maturing: z.boolean() }),
);

const Split: z.ZodType<OutcomeSplit> = z.object({
  value: told,
  mature: Counts,
  maturing: Counts,
  perDelivered: Rate.nullable(),
  perSent: Rate.nullable(),
  perLead: Rate.nullable(),
  positivePerDelivered: Rate.nullable(),
  positivePerSent: Rate.nullable(),
});

export const OutcomeReportShape: z.ZodType<OutcomeReport> = z.object({
  cohorts: z.array(Cohort),
  overall: Split,
  splits: z.array(Split),
  unattributed: z.object({ outcomes: count, replies: count }),
  by: z.enum(OUTCOME_DIMENSIONS).nullable(),
  days: count,
  step: Micros,
  asOf: Micros,
});

export const ReplyCurveShape: z.ZodType<ReplyCurve> = z.object({
  shares: z.array(
    z.object({ time: z.number(), share: z.number(), low: z.number(), high: z.number(), atRisk: count }),
  ),
  messages: count,
  replies: count,
  horizon: z.number(),
});

const Wasted: z.ZodType<WastedCost> = z.object({ failures: NanoUsd, loops: NanoUsd, retries: NanoUsd });

const Row: z.ZodType<CostRow> = z.object({
  model: told,
  role: told,
  tool: told,
  agent: told,
  agentVersion: told,
  calls: count,
  cost: NanoUsd,
  unpricedCalls: count,
});

export const OutcomeCostsShape: z.ZodType<OutcomeCosts> = z.object({
  points: z.array(
    z.object({
      start: Micros,
      value: told,
      maturing: z.boolean(),
      traces: count,
      messages: count,
      replied: count,
      positive: count,
      meetings: count,
      cost: NanoUsd,
      unpricedCalls: count,
      wasted: Wasted,
    }),
  ),
  rows: z.array(Row),
  wasteful: z.array(z.object({ traceId: TraceId, wasted: Wasted })),
  traces: z.object({ read: count, named: count, missing: count }),
  unjudged: count,
});

export const SentMessageShape: z.ZodType<SentMessage> = z.object({
  messageId: z.string(),
  subject: told,
  traceId: TraceId.nullable(),
  sentAt: Micros,
  repliedAt: Micros.nullable(),
  delivered: z.boolean(),
  bounced: z.boolean(),
  optedOut: z.boolean(),
  positive: z.boolean(),
  meeting: z.boolean(),
  channel: told,
  campaign: told,
  agentVersion: told,
  architecture: told,
  model: told,
});

export const DeletionShape: z.ZodType<Deletion> = z.object({
  kind: z.enum(DELETION_KINDS),
  id: z.string(),
  tables: z.array(z.object({ table: z.string(), rows: count })),
  done: z.boolean(),
});

export const RetentionPlanShape: z.ZodType<RetentionPlan> = z.object({
  past: z.array(
    z.object({ table: z.string(), before: Micros, rows: count, bytes: count, from: Micros, to: Micros }),
  ),
  held: count,
  ahead: count,
});

const leaning = z.enum(['better', 'worse', 'unsure', 'same']);
const Side = z.object({ runs: z.array(RunSummary), voided: count, replayed: count });
const ScenarioSide = z.looseObject({ rate: Rate });

/** Its intervals and tests are told in docs/reference/compare.md. */
export const RunComparisonShape = z.object({
  baseline: Side,
  candidate: Side,
  scenarios: z.array(
    z.looseObject({
      scenarioId: ScenarioId,
      title: z.string(),
      baseline: ScenarioSide,
      candidate: ScenarioSide,
      p: z.number(),
      adjusted: z.number(),
      leaning,
    }),
  ),
  exempt: z.array(z.looseObject({})),
  measures: z.looseObject({ passed: z.looseObject({ p: z.number(), leaning }) }).nullable(),
});

export const WatchedRuleShape: z.ZodType<WatchedRule> = z.object({
  rule: z.object({
    name: z.string(),
    on: z.enum(Object.keys(ALERT_METRICS) as [AlertMetric, ...AlertMetric[]]),
    above: z.number(),
    resolveBelow: z.number(),
    minutes: z.int(),
    minimum: z.int(),
    agent: told,
    service: told,
    project: ProjectId,
  }),
  firing: z.boolean(),
  reading: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('value'), value: z.number(), sample: count }),
      z.object({ kind: z.literal('unknown'), sample: count, reason: z.string() }),
    ])
    .nullable(),
  at: z.int().nullable(),
});
