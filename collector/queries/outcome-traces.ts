import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { type Query, readSql } from '../store/query.ts';
import type { StepParams } from './outcome-params.ts';

const columns = z.object({
  trace: TraceId,
  place: z.int(),
  value: z.string(),
  maturing: z.int(),
  sent_messages: z.int(),
  replied_messages: z.int(),
  positive_messages: z.int(),
  met_messages: z.int(),
  total: z.int(),
});

export type OutcomeTraceRow = z.output<typeof columns>;

/** The traces in which messages were written, and those of work that ended in none. */
export const outcomeTraces: Query<StepParams, typeof columns, OutcomeTraceRow> = {
  sql: readSql('outcome-traces.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
