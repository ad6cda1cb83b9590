import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { TraceFilterParams } from './trace-filter.ts';
import type { TracePlace } from './trace-step.ts';

type Params = TraceFilterParams & {
  project: string;
  from: number;
  to: number;
  /** In seconds since the epoch, with the build to read of each. */
  hours: readonly number[];
  builds: readonly number[];
};

const columns = z.object({
  sure_count: z.int(),
  unsure_count: z.int(),
  unsure_ids: z.array(TraceId),
  unsure_firsts: z.array(Micros),
});

/** `sure` traces pass. Of the `unsure` ones, of which the first few are given, nothing is known. */
type TraceCount = { sure: number; unsure: number; unsurePlaces: TracePlace[] };

/** How many traces that pass start in a window whose hours are built. */
export const traceCount: Query<Params, typeof columns, TraceCount> = {
  sql: readSql('trace-count.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    sure: row.sure_count,
    unsure: row.unsure_count,
    unsurePlaces: row.unsure_ids.flatMap((traceId, place) => {
      const first = row.unsure_firsts[place];
      return first === undefined ? [] : [{ traceId, first }];
    }),
  }),
};
