import { z } from 'zod';
import { Run, type RunSummary } from '../../domain/run.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { wilson } from '../../domain/wilson.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = {
  project: string;
  /** One run instead of a page of them. */
  runId: string | null;
  beforeMicros: number | null;
  beforeRunId: string;
  limit: number;
};

const columns = z.object({
  record: z.string(),
  trials: z.int(),
  passed: z.int(),
  failed: z.int(),
  voided: z.int(),
  cost: NanoUsd.nullable(),
  p95_virtual: Micros,
});

/** Runs with the figures of their trials. A void is neither passed nor failed, and not in the pass rate. */
export const runPage: Query<Params, typeof columns, RunSummary> = {
  sql: readSql('run-page.sql', import.meta.dirname),
  columns,
  toValue: ({ record, trials, passed, failed, voided, cost, p95_virtual }) => ({
    ...Run.parse(JSON.parse(record)),
    trials,
    passed,
    failed,
    voided,
    passRate: wilson(passed, passed + failed),
    cost,
    p95Duration: trials === 0 ? null : p95_virtual,
  }),
};
