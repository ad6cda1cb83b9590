import type { Span } from '../../domain/span.ts';
import { type Query, readSql } from '../store/query.ts';
import { SPAN_ROW, toSpan } from './span-shape.ts';

type Params = { project: string; trialId: string; limit: number };

/** The spans of a trial, by start. */
export const trialSpans: Query<Params, typeof SPAN_ROW, Span> = {
  sql: readSql('trial-spans.sql', import.meta.dirname),
  columns: SPAN_ROW,
  toValue: toSpan,
};
