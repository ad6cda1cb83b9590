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

const columns = z.object({
  id: TraceId,
  first_name: z.string(),
  root_received: z.int(),
  first_service: z.string(),
  first_agent: z.string(),
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
  any_run_id: z.string(),
  any_trial_id: z.string(),
  any_scenario_id: z.string(),
  matches: z.int(),
  nested: z.int(),
});

/** `nested`: calls have spans beneath them, so that the figures are right only with the calls that do not count. */
export type JudgedSummary = { summary: TraceSummary; matches: boolean; nested: boolean };

/** The summaries of given traces, in no order, each with whether it passes the filter. */
export const traceSummaries: Query<Params, typeof columns, JudgedSummary> = {
  sql: readSql('trace-summaries.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    matches: row.matches === 1,
    nested: row.nested === 1,
    summary: {
      traceId: row.id,
      name: row.first_name,
      rootReceived: row.root_received === 1,
      service: row.first_service,
      agent: row.first_agent || null,
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
      ...rehearsalIds(row.any_run_id, row.any_trial_id, row.any_scenario_id),
    },
  }),
};

/** Absent ids are empty in the store. */
export function rehearsalIds(run: string, trial: string, scenario: string) {
  return {
    runId: RunId.nullable().parse(run || null),
    trialId: TrialId.nullable().parse(trial || null),
    scenarioId: ScenarioId.nullable().parse(scenario || null),
  };
}
