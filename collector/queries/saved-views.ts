import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; page: string };

const columns = z.object({ name: z.string(), search: z.string() });

/** The views that were saved of a page, by name. */
export const savedViews: Query<Params, typeof columns, { name: string; search: string }> = {
  sql: readSql('saved-views.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
