import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = {
  project: string;
  from: number;
  to: number;
  status: string | null;
  service: string | null;
  agent: string | null;
  model: string | null;
  runId: string | null;
  /** The last row of the page before: with `beforeTraceId` where its traces go on. */
  beforeMicros: number | null;
  beforeTraceId: string;
  limit: number;
};

const columns = z.object({ trace_id: TraceId, first_micros: Micros });

type TracePlace = { traceId: TraceId; first: Micros };

/** Which traces a page of the list shows. */
export const tracePage: Query<Params, typeof columns, TracePlace> = {
  sql: readSql('trace-page.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ traceId: row.trace_id, first: row.first_micros }),
};
