import { z } from 'zod';
import { TrialSummary } from '../../domain/trial.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; runId: string; limit: number };

const columns = z.object({ summary: z.string() });

/** The trials of a run as its page lists them. */
export const runTrials: Query<Params, typeof columns, TrialSummary> = {
  sql: readSql('run-trials.sql', import.meta.dirname),
  columns,
  toValue: ({ summary }) => TrialSummary.parse(JSON.parse(summary)),
};
