import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { StepParams } from './outcome-params.ts';

const columns = z.object({
  place: z.int(),
  value: z.string(),
  maturing: z.int(),
  contacted_leads: z.int(),
  replied_leads: z.int(),
});

export type LeadCohortRow = z.output<typeof columns>;

/** Leads by the step of time of their first message and the value of a dimension that it had. */
export const leadCohorts: Query<StepParams, typeof columns, LeadCohortRow> = {
  sql: readSql('lead-cohorts.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
