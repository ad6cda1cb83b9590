import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceIds: readonly TraceId[] };

const columns = z.object({ id: TraceId, hours: z.array(z.int()) });

/** In which hours some traces lie. */
export const traceHoursOf: Query<Params, typeof columns, { traceId: TraceId; hours: number[] }> = {
  sql: readSql('trace-hours-of.sql', import.meta.dirname),
  columns,
  toValue: ({ id, hours }) => ({ traceId: id, hours }),
};
