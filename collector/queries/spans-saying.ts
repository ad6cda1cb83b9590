import { z } from 'zod';
import { SpanId, type TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceId: TraceId; piece: string; limit: number };

const columns = z.object({ span: SpanId });

/** The spans of a trace in whose text a piece stands. */
export const spansSaying: Query<Params, typeof columns, SpanId> = {
  sql: readSql('spans-saying.sql', import.meta.dirname),
  columns,
  toValue: ({ span }) => span,
};
