import { z } from 'zod';
import type { Observed } from '../../domain/kaplan-meier.ts';
import { type Query, readSql } from '../store/query.ts';
import type { OutcomeParams } from './outcome-params.ts';

/** `base`: `sent` or `delivered` messages; `horizon` in hours. */
type Params = Omit<OutcomeParams, 'days'> & { base: string; horizon: number };

const columns = z.object({ hours: z.int(), messages: z.int(), replies: z.int() });

/** How many messages waited how many hours for a reply, and of how many it came. */
export const replyTimes: Query<Params, typeof columns, Observed> = {
  sql: readSql('reply-times.sql', import.meta.dirname),
  columns,
  toValue: ({ hours, messages, replies }) => ({ time: hours, n: messages, events: replies }),
};
