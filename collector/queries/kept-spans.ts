import { z } from 'zod';
import { SpanId, type TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceId: TraceId };

const columns = z.object({ id: SpanId, start_micros: Micros });

/** Spans of a trace that lie in several minutes, each with the start that counts. */
export const keptSpans: Query<Params, typeof columns, readonly [SpanId, Micros]> = {
  sql: readSql('kept-spans.sql', import.meta.dirname),
  columns,
  toValue: ({ id, start_micros }) => [id, start_micros],
};
