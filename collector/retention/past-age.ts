import { z } from 'zod';
import { type Query, type QueryParam, readSql } from '../store/query.ts';
import { selectOf } from '../store/select-of.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';
import { cutoffsOf, type RetentionConfig } from './retention-config.ts';

export const deletePast = readSql('delete-past.sql', import.meta.dirname);

/** What is past its age of a project in a partition of a table. Times in seconds since the epoch. */
export type PastRows = { project: string; partition: string; rows: number; from: number; to: number };

const columns = z.object({
  of_project: z.string(),
  partition: z.string(),
  rows: z.int(),
  first: z.int(),
  last: z.int(),
});
const pastRows: Query<Record<string, QueryParam>, typeof columns, PastRows> = {
  sql: selectOf(
    deletePast,
    `toString(project) AS of_project, _partition_id AS partition, count() AS rows,
    toUnixTimestamp(min({time:Identifier})) AS first, toUnixTimestamp(max({time:Identifier})) AS last`,
    { rest: 'GROUP BY project, _partition_id' },
  ),
  columns,
  toValue: (row) => ({
    project: row.of_project,
    partition: row.partition,
    rows: row.rows,
    from: row.first,
    to: row.last,
  }),
};

const hourColumns = z.object({ of_project: z.string(), hour: z.int() });
type PastHour = { project: string; hour: number };
const pastHours: Query<Record<string, QueryParam>, typeof hourColumns, PastHour> = {
  sql: selectOf(
    deletePast,
    'DISTINCT toString(project) AS of_project, toUnixTimestamp(toStartOfHour({time:Identifier})) AS hour',
  ),
  columns: hourColumns,
  toValue: ({ of_project: project, hour }) => ({ project, hour }),
};

const aheadColumns = z.object({ of_project: z.string(), rows: z.int() });
const rowsAhead: Query<Record<string, QueryParam>, typeof aheadColumns, { project: string; rows: number }> = {
  sql: readSql('rows-ahead.sql', import.meta.dirname),
  columns: aheadColumns,
  toValue: ({ of_project: project, rows }) => ({ project, rows }),
};

/**
 * So long what was written of late is kept, though it is past its age by its own clock: nobody is to lose what they have
 * not had a chance to see.
 */
const heldSeconds = 7 * 86_400;
const daySeconds = 86_400;
const never = 2 ** 32 - 1;

type PastParams = {
  table: string;
  time: string;
  latest: number;
  projects: string[];
  cutoffs: number[];
  otherwise: number;
  heldSince: number;
};

/** How the rows of a table are told that are past their age; `null` where none ever is. */
export function pastParams(config: RetentionConfig, table: string, now: number): PastParams | null {
  const { ages = null, time = null } = TABLES[table] ?? {};
  if (ages === null || time === null) return null;
  const found = cutoffsOf(config, ages, now);
  if (found === null) return null;
  const { projects, cutoffs, otherwise } = found;
  return {
    table,
    time,
    latest: Math.max(otherwise, ...cutoffs),
    // ClickHouse wants at least one.
    projects: ['', ...projects],
    cutoffs: [otherwise, ...cutoffs],
    otherwise,
    heldSince: Math.floor(now / 1000) - heldSeconds,
  };
}

/** The moment up to which a project's rows go, in seconds since the epoch. */
export function cutoffOf({ projects, cutoffs, otherwise }: PastParams, project: string): number {
  return cutoffs[projects.indexOf(project)] ?? otherwise;
}

type Find = Pick<Store, 'rows'>;

export function findPast(store: Find, params: PastParams): Promise<PastRows[]> {
  return store.rows(pastRows, params);
}

export function findHours(store: Find, params: PastParams): Promise<PastHour[]> {
  return store.rows(pastHours, params);
}

/** As `findPast`, with those that are kept for now. */
export async function findWithHeld(store: Find, params: PastParams): Promise<PastRows[]> {
  return store.rows(pastRows, { ...params, heldSince: never });
}

/** Rows that happened more than a day after now, by their own clocks. */
export function findAhead(
  store: Find,
  { table, time }: PastParams,
  now: number,
): Promise<{ project: string; rows: number }[]> {
  return store.rows(rowsAhead, { table, time, after: Math.floor(now / 1000) + daySeconds });
}

export function sumRows(list: readonly { rows: number }[]): number {
  return list.reduce((sum, { rows }) => sum + rows, 0);
}
