import type { SpanDetail } from '../../domain/span.ts';
import { type Query, readSql } from '../store/query.ts';
import { DETAIL_ROW, toDetail } from './detail-shape.ts';

type Params = { project: string; trialId: string; limit: number };

/** The spans of a trial with their text, by start. */
export const trialSpans: Query<Params, typeof DETAIL_ROW, SpanDetail> = {
  sql: readSql('trial-spans.sql', import.meta.dirname),
  columns: DETAIL_ROW,
  toValue: toDetail,
};
