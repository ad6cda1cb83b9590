import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = {
  project: string;
  words: readonly string[];
  since: number;
  until: number;
  hours: readonly number[];
  limit: number;
};

const columns = z.object({ id: TraceId });

/** The traces of hours without index in whose text all words may stand. */
export const textedTraces: Query<Params, typeof columns, TraceId> = {
  sql: readSql('texted-traces.sql', import.meta.dirname),
  columns,
  toValue: ({ id }) => id,
};
