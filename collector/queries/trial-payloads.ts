import { z } from 'zod';
import type { SpanPayload } from '../../domain/span.ts';
import type { ContentEvent } from '../dialects/message-events.ts';
import { type Query, readSql } from '../store/query.ts';
import { PAYLOAD_ROW, toPayload } from './detail-shape.ts';

type Params = { project: string; trialId: string };

const columns = PAYLOAD_ROW.extend({ trace: z.string(), span: z.string() });

type PlacedPayload = {
  traceId: string;
  spanId: string;
  payload: (logs: readonly ContentEvent[]) => SpanPayload;
};

/** The text of every span of a trial's traces, in no order, once their log records are given. */
export const trialPayloads: Query<Params, typeof columns, PlacedPayload> = {
  sql: readSql('trial-payloads.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({ traceId: row.trace, spanId: row.span, payload: (logs) => toPayload(row, logs) }),
};
