import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { TraceFilterParams } from './trace-filter.ts';

type Params = TraceFilterParams & {
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

const columns = z.object({ id: TraceId, first_micros: Micros });

export type TracePlace = { traceId: TraceId; first: Micros };

/** The traces that may belong to a part of the window, newest first. */
export const traceStep: Query<Params, typeof columns, TracePlace> = {
  sql: readSql('trace-step.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ traceId: row.id, first: row.first_micros }),
};
