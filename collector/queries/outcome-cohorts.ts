import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { StepParams } from './outcome-params.ts';

const columns = z.object({
  place: z.int(),
  value: z.string(),
  maturing: z.int(),
  sent_messages: z.int(),
  delivered_messages: z.int(),
  bounced_messages: z.int(),
  replied_messages: z.int(),
  delivered_replied_messages: z.int(),
  positive_messages: z.int(),
  delivered_positive_messages: z.int(),
  met_messages: z.int(),
  opted_out_messages: z.int(),
  contacted_leads: z.int(),
  replied_leads: z.int(),
  aggregated_messages: z.int(),
});

export type OutcomeCohortRow = z.output<typeof columns>;

/** Messages with what became of them, and aggregates, by step of time and value of a dimension. */
export const outcomeCohorts: Query<StepParams, typeof columns, OutcomeCohortRow> = {
  sql: readSql('outcome-cohorts.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
