import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

type Params = { detector: number; limit: number };

const columns = z.object({ of_project: z.string(), hour_seconds: z.int(), of_build: z.int() });

/** An hour in seconds since the epoch, and the build of which its traces are to be judged. */
export type UnjudgedHour = { project: string; hour: number; build: number };

/** Rebuilt hours whose traces have not been judged since, newest first. */
export const unjudgedHours: Query<Params, typeof columns, UnjudgedHour> = {
  sql: readSql('unjudged-hours.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ project: row.of_project, hour: row.hour_seconds, build: row.of_build }),
};
