import { z } from 'zod';
import { NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { ByParams, HourParams, SpanFilterParams } from './hour-params.ts';

type Params = HourParams & SpanFilterParams & ByParams & { from: number; step: number; limit: number };

const tokens = z.int().nullable();

const columns = z.object({
  place: z.int(),
  value: z.string(),
  span_count: z.int(),
  errors: z.int(),
  call_count: z.int(),
  unpriced: z.int(),
  unmetered: z.int(),
  sum_cost: NanoUsd.nullable(),
  sum_input: tokens,
  sum_cache_read: tokens,
  sum_cache_write: tokens,
  sum_output: tokens,
  sum_reasoning: tokens,
  /** Classes of the median and of the 95th percentile. */
  latencies: z.array(z.int()),
});

export type ChartRow = z.output<typeof columns>;

/** Spans over time by a dimension: a row for each step and value. */
export const spanChart: Query<Params, typeof columns, ChartRow> = {
  sql: readSql('span-chart.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
