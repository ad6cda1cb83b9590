import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

/** Hours and the window in seconds since the epoch. */
type Params = { project: string; from: number; to: number; grace: number };

const columns = z.object({ hour_seconds: z.int(), clean_build: z.int(), built_traces: z.int() });

/** `traces` are those that the build holds. */
export type HourState = { hour: number; build: number | null; traces: number };
export type BuiltHour = HourState & { build: number };

/** The hours of a window, by time, each with the build that may be read; `null` where spans must be read. */
export const hourStates: Query<Params, typeof columns, HourState> = {
  sql: readSql('hour-states.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    hour: row.hour_seconds,
    build: row.clean_build === 0 ? null : row.clean_build,
    traces: row.built_traces,
  }),
};

export function isBuilt(state: HourState): state is BuiltHour {
  return state.build !== null;
}
