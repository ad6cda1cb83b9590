import type { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';
import type { TraceFilterParams } from './trace-filter.ts';
import { type JudgedSummary, SUMMARY_ROW, toSummary } from './trace-summaries.ts';

type Params = TraceFilterParams & {
  project: string;
  /** The hour of each trace, in seconds since the epoch, and the build to read of it. */
  traceIds: readonly TraceId[];
  hours: readonly number[];
  builds: readonly number[];
};

/** The summaries of traces that lie in one hour each, out of what is built, in no order. */
export const traceSummariesBuilt: Query<Params, typeof SUMMARY_ROW, JudgedSummary> = {
  sql: readSql('trace-summaries-built.sql', import.meta.dirname),
  columns: SUMMARY_ROW,
  toValue: (row) => ({ matches: row.matches === 1, nested: false, summary: toSummary(row) }),
};
