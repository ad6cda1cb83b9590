import { z } from 'zod';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; from: number; to: number };

const columns = z.object({ outcomes: z.int(), replies: z.int() });

/** What was told of messages that nobody said were sent. */
export const unattributedOutcomes: Query<Params, typeof columns, z.output<typeof columns>> = {
  sql: readSql('unattributed-outcomes.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};
