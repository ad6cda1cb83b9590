import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';
import type { Window } from './window.ts';

const columns = z.object({
  spans: z.int(),
  calls: z.int(),
  unpriced: z.int(),
  usd: z.number().nullable(),
  mappers: z.array(z.int()),
});

/** Spans, calls of models, calls without a price, what the others cost, and the versions of the mapper that read them. */
export type StoredFigures = z.output<typeof columns>;

export const storedFigures: Query<Window & { project: string }, typeof columns, StoredFigures> = {
  sql: readSql('stored-figures.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
