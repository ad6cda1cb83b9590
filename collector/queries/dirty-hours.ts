import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

type Params = { grace: number; limit: number };

const columns = z.object({ of_project: z.string(), hour_seconds: z.int(), now_millis: z.int() });

type DirtyHour = { project: string; hour: number; now: number };

/** Hours to rebuild, in seconds since the epoch, and the server's time in milliseconds. */
export const dirtyHours: Query<Params, typeof columns, DirtyHour> = {
  sql: readSql('dirty-hours.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ project: row.of_project, hour: row.hour_seconds, now: row.now_millis }),
};
