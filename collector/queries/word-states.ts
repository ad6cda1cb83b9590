import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

/** Hours and the window in seconds since the epoch. */
type Params = { project: string; from: number; to: number; grace: number };

const columns = z.object({ hour_seconds: z.int(), clean_build: z.int() });

/** `build` is `null` where the text itself must be read. */
export type WordState = { hour: number; build: number | null };

/** The hours of a window, by time, each with the build of its words that may be read. */
export const wordStates: Query<Params, typeof columns, WordState> = {
  sql: readSql('word-states.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ hour: row.hour_seconds, build: row.clean_build === 0 ? null : row.clean_build }),
};
