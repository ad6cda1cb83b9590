import { z } from 'zod';
import { type Query, type QueryParam, readSql } from '../store/query.ts';
import { selectOf } from '../store/select-of.ts';
import type { Store } from '../store/store.ts';
import { TABLES, tablesThat } from '../store/tables.ts';
import { SUBJECT_KEYS } from './subject-keys.ts';
import type { Tombstone } from './tombstone.ts';

const sqlOf = (file: string) => readSql(file, import.meta.dirname);
const deleteTraces = sqlOf('delete-traces.sql');
const deleteTrials = sqlOf('delete-trials.sql');
const deleteOutcomes = sqlOf('delete-outcomes.sql');
const deleteLogs = sqlOf('delete-logs.sql');
const deleteProject = sqlOf('delete-project.sql');

/** What takes rows out of one table. */
export type DeleteStatement = { table: string; sql: string; params: Record<string, QueryParam> };

/** A subject is deleted up to a moment. */
export function subjectParams(project: string, subjects: readonly Pick<Tombstone, 'id' | 'deletedAt'>[]) {
  return {
    project,
    subjects: subjects.map(({ id }) => id),
    until: subjects.map(({ deletedAt }) => deletedAt),
    keys: [...SUBJECT_KEYS],
  };
}

/** The rows of some traces, those by which the others are found last. */
export function tracesStatements(project: string, ids: readonly string[]): DeleteStatement[] {
  if (ids.length === 0) return [];
  return tablesThat(({ byTrace }) => byTrace).map((table) => ({
    table,
    sql: deleteTraces,
    params: { project, ids, table },
  }));
}

export function trialsStatements(project: string, ids: readonly string[]): DeleteStatement[] {
  return ids.length === 0 ? [] : [{ table: 'trials', sql: deleteTrials, params: { project, ids } }];
}

/** What tells of subjects beside their traces. */
export function subjectsStatements(
  project: string,
  subjects: readonly Pick<Tombstone, 'id' | 'deletedAt'>[],
): DeleteStatement[] {
  if (subjects.length === 0) return [];
  const params = subjectParams(project, subjects);
  return [
    { table: 'outcomes', sql: deleteOutcomes, params },
    { table: 'logs', sql: deleteLogs, params },
  ];
}

/** Everything of a project up to a moment, by each table's own time. */
export function projectStatements(project: string, until: number): DeleteStatement[] {
  return Object.entries(TABLES).flatMap(([table, { byProject, role, time }]) =>
    byProject && role !== 'ledger' && time !== null
      ? [{ table, sql: deleteProject, params: { project, table, time, until } }]
      : [],
  );
}

/** Whether it takes what was received: of that each thing lies in one table. */
export function isOfSource({ table }: DeleteStatement): boolean {
  return TABLES[table]?.role === 'source';
}

const columns = z.object({ rows: z.int() });
type Count = Query<Record<string, QueryParam>, typeof columns, number>;

/** How many rows a statement would take: by the very condition by which it deletes. */
export async function countRows(store: Pick<Store, 'rows'>, statement: DeleteStatement): Promise<number> {
  return count(store, statement, false);
}

/** As `countRows`, but each thing once, however often it was delivered. Of what was received alone. */
export async function countThings(store: Pick<Store, 'rows'>, statement: DeleteStatement): Promise<number> {
  return count(store, statement, true);
}

async function count(
  store: Pick<Store, 'rows'>,
  { table, sql, params }: DeleteStatement,
  final: boolean,
): Promise<number> {
  const counting = selectOf(sql, 'count() AS rows', { final });
  const query: Count = { sql: counting, columns, toValue: ({ rows }) => rows };
  const [rows = 0] = await store.rows(query, { ...params, table });
  return rows;
}
