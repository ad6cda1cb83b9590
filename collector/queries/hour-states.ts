import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

/** Hours and the window in seconds since the epoch. */
type Params = { project: string; from: number; to: number; grace: number };

const columns = z.object({ hour_seconds: z.int(), clean_build: z.int() });

export type HourState = { hour: number; build: number | null };

/** The hours of a window, each with the build that may be read; `null` where spans must be read. */
export const hourStates: Query<Params, typeof columns, HourState> = {
  sql: readSql('hour-states.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ hour: row.hour_seconds, build: row.clean_build === 0 ? null : row.clean_build }),
};
