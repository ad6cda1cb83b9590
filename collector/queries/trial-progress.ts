import { z } from 'zod';
import type { TrialProgress } from '../reads.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; trialId: string };

const columns = z.object({ spans: z.int(), root_received: z.int() });

/** How many spans of a trial there are, and whether its root is among them. */
export const trialProgress: Query<Params, typeof columns, TrialProgress> = {
  sql: readSql('trial-progress.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ spans: row.spans, rootReceived: row.root_received === 1 }),
};
