import { z } from 'zod';
import { RunId, ScenarioId, TraceId, TrialId } from '../../domain/ids.ts';
import type { TraceSummary } from '../../domain/trace.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { TraceFilterParams } from './trace-filter.ts';

type Params = TraceFilterParams & {
  project: string;
  traceIds: readonly string[];
  /** See `enclosingCalls`. */
  enclosing: readonly string[];
};

const tokens = z.int().nullable();

/** The columns of a summary. */
export const SUMMARY_ROW = z.object({
  id: TraceId,
  first_name: z.string(),
  root_received: z.int(),
  first_service: z.string(),
  first_agent: z.string(),
  llm_models: z.array(z.string()),
  first_micros: Micros,
  lasted_micros: Micros,
  span_count: z.int(),
  model_call_count: z.int(),
  tool_call_count: z.int(),
  error_count: z.int(),
  sum_input: tokens,
  sum_cache_read: tokens,
  sum_cache_write: tokens,
  sum_output: tokens,
  sum_reasoning: tokens,
  sum_cost: NanoUsd.nullable(),
  unpriced_count: z.int(),
  any_run_id: z.string(),
  any_trial_id: z.string(),
  any_scenario_id: z.string(),
  matches: z.int(),
});
const columns = SUMMARY_ROW.extend({ nested: z.int() });

/** `nested`: calls have spans beneath them, so that the figures are right only with the calls that do not count. */
export type JudgedSummary = { summary: TraceSummary; matches: boolean; nested: boolean };

/** The summaries of given traces, in no order, each with whether it passes the filter. */
export const traceSummaries: Query<Params, typeof columns, JudgedSummary> = {
  sql: readSql('trace-summaries.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    matches: row.matches === 1,
    nested: row.nested === 1,
    summary: toSummary(row),
  }),
};

export function toSummary(row: z.output<typeof SUMMARY_ROW>): TraceSummary {
  return {
    traceId: row.id,
    name: row.first_name,
    rootReceived: row.root_received === 1,
    service: row.first_service,
    agent: row.first_agent || null,
    models: row.llm_models,
    start: row.first_micros,
    duration: row.lasted_micros,
    spans: row.span_count,
    modelCalls: row.model_call_count,
    toolCalls: row.tool_call_count,
    errors: row.error_count,
    usage: {
      input: row.sum_input,
      cacheRead: row.sum_cache_read,
      cacheWrite: row.sum_cache_write,
      output: row.sum_output,
      reasoning: row.sum_reasoning,
    },
    cost: row.sum_cost,
    unpricedCalls: row.unpriced_count,
    ...rehearsalIds(row.any_run_id, row.any_trial_id, row.any_scenario_id),
  };
}

/** Absent ids are empty in the store. */
export function rehearsalIds(run: string, trial: string, scenario: string) {
  return {
    runId: RunId.nullable().parse(run || null),
    trialId: TrialId.nullable().parse(trial || null),
    scenarioId: ScenarioId.nullable().parse(scenario || null),
  };
}
