import type { Query } from '../store/query.ts';
import { readSql } from '../store/query.ts';
import type { SearchParams, TraceFilterParams } from './trace-filter.ts';
import { TRACE_PLACE, type TracePlace, toTracePlace } from './trace-step.ts';

type Params = TraceFilterParams &
  SearchParams & {
    project: string;
    from: number;
    to: number;
    /** Up to where the hours reach, and how near to it a trace without a root is taken as one that goes on. */
    until: number;
    reach: number;
    /** In seconds since the epoch, with the build to read of each. */
    hours: readonly number[];
    builds: readonly number[];
    /** The last trace that was looked at; empty for none. */
    beforeMicros: number;
    beforeTraceId: string;
    limit: number;
  };

/** The traces that may belong to a part of the window whose hours are built, newest first. */
export const traceStepBuilt: Query<Params, typeof TRACE_PLACE, TracePlace> = {
  sql: readSql('trace-step-built.sql', import.meta.dirname),
  columns: TRACE_PLACE,
  toValue: toTracePlace,
};
