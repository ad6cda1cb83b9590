import type { SpanDetail } from '../../domain/span.ts';
import type { ContentEvent } from '../dialects/message-events.ts';
import { type Query, readSql } from '../store/query.ts';
import { DETAIL_ROW, toDetail } from './detail-shape.ts';

type Params = { project: string; traceId: string; spanId: string };

type WithLogs = (logs: readonly ContentEvent[]) => SpanDetail;

/** One span with its text, once its log records are given. */
export const spanDetail: Query<Params, typeof DETAIL_ROW, WithLogs> = {
  sql: readSql('span-detail.sql', import.meta.dirname),
  columns: DETAIL_ROW,
  toValue: (row) => (logs) => toDetail(row, logs),
};
