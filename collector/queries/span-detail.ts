import type { SpanDetail } from '../../domain/span.ts';
import { type Query, readSql } from '../store/query.ts';
import { DETAIL_ROW, toDetail } from './detail-shape.ts';

type Params = { project: string; traceId: string; spanId: string };

/** One span with its text. */
export const spanDetail: Query<Params, typeof DETAIL_ROW, SpanDetail> = {
  sql: readSql('span-detail.sql', import.meta.dirname),
  columns: DETAIL_ROW,
  toValue: toDetail,
};
