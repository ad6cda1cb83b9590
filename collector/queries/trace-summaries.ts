import { z } from 'zod';
import { RunId, ScenarioId, TraceId, TrialId } from '../../domain/ids.ts';
import type { TraceSummary } from '../../domain/trace.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceIds: readonly string[] };

const tokens = z.int().nullable();

const columns = z.object({
  trace_id: TraceId,
  first_name: z.string(),
  root_received: z.int(),
  first_service: z.string(),
  first_agent: z.string().nullable(),
  models: z.array(z.string()),
  first_micros: Micros,
  lasted_micros: Micros,
  spans: z.int(),
  model_calls: z.int(),
  tool_calls: z.int(),
  errors: z.int(),
  sum_input: tokens,
  sum_cache_read: tokens,
  sum_cache_write: tokens,
  sum_output: tokens,
  sum_reasoning: tokens,
  sum_cost: NanoUsd.nullable(),
  unpriced_calls: z.int(),
  any_run_id: RunId.nullable(),
  any_trial_id: TrialId.nullable(),
  any_scenario_id: ScenarioId.nullable(),
});

/** The summaries of given traces, in no order. */
export const traceSummaries: Query<Params, typeof columns, TraceSummary> = {
  sql: readSql('trace-summaries.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace_id,
    name: row.first_name,
    rootReceived: row.root_received === 1,
    service: row.first_service,
    agent: row.first_agent,
    models: row.models,
    start: row.first_micros,
    duration: row.lasted_micros,
    spans: row.spans,
    modelCalls: row.model_calls,
    toolCalls: row.tool_calls,
    errors: row.errors,
    usage: {
      input: row.sum_input,
      cacheRead: row.sum_cache_read,
      cacheWrite: row.sum_cache_write,
      output: row.sum_output,
      reasoning: row.sum_reasoning,
    },
    cost: row.sum_cost,
    unpricedCalls: row.unpriced_calls,
    runId: row.any_run_id,
    trialId: row.any_trial_id,
    scenarioId: row.any_scenario_id,
  }),
};
