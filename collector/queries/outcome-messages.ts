import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import type { SentMessage } from '../../domain/sent-message.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';
import type { OutcomeParams } from './outcome-params.ts';

/** `by`, a column, with its `value`, or `anyValue`; `maturity` is `mature`, `maturing` or empty. */
type Params = OutcomeParams & {
  by: string;
  value: string;
  anyValue: boolean;
  stage: string;
  maturity: string;
  limit: number;
};

const columns = z.object({
  message: z.string(),
  subject: z.string(),
  trace: TraceId.nullable(),
  sent_micros: Micros,
  replied_micros: Micros.nullable(),
  was_delivered: z.int(),
  was_bounced: z.int(),
  was_opted_out: z.int(),
  was_positive: z.int(),
  was_meeting: z.int(),
  channel: z.string(),
  campaign: z.string(),
  agent_version: z.string(),
  architecture: z.string(),
  model: z.string(),
  total: z.int(),
});

/** The messages behind a figure; `total` counts those left out too. */
export const outcomeMessages: Query<Params, typeof columns, { message: SentMessage; total: number }> = {
  sql: readSql('outcome-messages.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    message: {
      messageId: row.message,
      subject: row.subject || null,
      traceId: row.trace,
      sentAt: row.sent_micros,
      repliedAt: row.replied_micros,
      delivered: row.was_delivered === 1,
      bounced: row.was_bounced === 1,
      optedOut: row.was_opted_out === 1,
      positive: row.was_positive === 1,
      meeting: row.was_meeting === 1,
      channel: row.channel || null,
      campaign: row.campaign || null,
      agentVersion: row.agent_version || null,
      architecture: row.architecture || null,
      model: row.model || null,
    },
    total: row.total,
  }),
};
