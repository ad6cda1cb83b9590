import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { subjectParams } from './statements.ts';
import type { Tombstone } from './tombstone.ts';

const traceColumns = z.object({ trace: z.string() });
const subjectTraces: Query<ReturnType<typeof subjectParams>, typeof traceColumns, string> = {
  sql: readSql('subject-traces.sql', import.meta.dirname),
  columns: traceColumns,
  toValue: ({ trace }) => trace,
};

type TracesParams = { project: string; ids: readonly string[] };

const trialColumns = z.object({ trial: z.string() });
const trials: Query<TracesParams, typeof trialColumns, string> = {
  sql: readSql('trials-of-traces.sql', import.meta.dirname),
  columns: trialColumns,
  toValue: ({ trial }) => trial,
};

const hourColumns = z.object({ hour: z.int() });
const hours: Query<TracesParams, typeof hourColumns, number> = {
  sql: readSql('hours-of-traces.sql', import.meta.dirname),
  columns: hourColumns,
  toValue: ({ hour }) => hour,
};

const returnedColumns = z.object({ of_project: z.string(), trace: z.string() });
type ReturnedTrace = { project: string; id: string };

/** Traces that are deleted and have rows. */
export const returnedTraces: Query<Record<string, never>, typeof returnedColumns, ReturnedTrace> = {
  sql: readSql('returned-traces.sql', import.meta.dirname),
  columns: returnedColumns,
  toValue: ({ of_project: project, trace: id }) => ({ project, id }),
};

type Find = Pick<Store, 'rows'>;

/** Traces in hex. */
export async function tracesOfSubjects(
  store: Find,
  project: string,
  subjects: readonly Pick<Tombstone, 'id' | 'deletedAt'>[],
): Promise<string[]> {
  if (subjects.length === 0) return [];
  return store.rows(subjectTraces, subjectParams(project, subjects));
}

export async function trialsOfTraces(
  store: Find,
  project: string,
  ids: readonly string[],
): Promise<string[]> {
  return ids.length === 0 ? [] : store.rows(trials, { project, ids });
}

/** Seconds since the epoch. */
export async function hoursOfTraces(store: Find, project: string, ids: readonly string[]): Promise<number[]> {
  return store.rows(hours, { project, ids });
}
