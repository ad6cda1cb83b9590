import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceIds: readonly TraceId[]; phrases: readonly string[] };

const columns = z.object({ id: TraceId });

/** Which of some traces have a place in whose text each phrase stands. */
export const wordedTraces: Query<Params, typeof columns, TraceId> = {
  sql: readSql('worded-traces.sql', import.meta.dirname),
  columns,
  toValue: ({ id }) => id,
};
