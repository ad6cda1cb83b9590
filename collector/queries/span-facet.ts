import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { ByParams, HourParams, SpanFilterParams } from './hour-params.ts';

type Params = HourParams & SpanFilterParams & ByParams & { limit: number };

const columns = z.object({
  value: z.string(),
  span_count: z.int(),
  errors: z.int(),
  distinct_values: z.int(),
});

export type FacetRow = { value: string; spans: number; errors: number; distinct: number };

/** The values of a dimension, those of most spans first; `distinct` is how many there are. */
export const spanFacet: Query<Params, typeof columns, FacetRow> = {
  sql: readSql('span-facet.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    value: row.value,
    spans: row.span_count,
    errors: row.errors,
    distinct: row.distinct_values,
  }),
};
