import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; hour: number };

const columns = z.object({ id: TraceId });

/** The traces of an hour that may have to be judged for loops, by id. */
export const tracesOfHour: Query<Params, typeof columns, TraceId> = {
  sql: readSql('traces-of-hour.sql', import.meta.dirname),
  columns,
  toValue: (row) => row.id,
};
