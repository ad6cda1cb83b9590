import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { SearchParams, TraceFilterParams } from './trace-filter.ts';

type Params = TraceFilterParams &
  SearchParams & {
    project: string;
    from: number;
    to: number;
    /** How far behind `to` spans are looked at. */
    reach: number;
    /** The last trace that was looked at; empty for none. */
    beforeMicros: number;
    beforeTraceId: string;
    limit: number;
  };

export const TRACE_PLACE = z.object({ id: TraceId, first_micros: Micros });

export type TracePlace = { traceId: TraceId; first: Micros };

export function toTracePlace(row: z.output<typeof TRACE_PLACE>): TracePlace {
  return { traceId: row.id, first: row.first_micros };
}

/** The traces that may belong to a part of the window, newest first. */
export const traceStep: Query<Params, typeof TRACE_PLACE, TracePlace> = {
  sql: readSql('trace-step.sql', import.meta.dirname),
  columns: TRACE_PLACE,
  toValue: toTracePlace,
};
