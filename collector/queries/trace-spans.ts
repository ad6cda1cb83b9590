import type { Span } from '../../domain/span.ts';
import { type Query, readSql } from '../store/query.ts';
import { SPAN_ROW, toSpan } from './span-shape.ts';

type Params = { project: string; traceId: string; limit: number };

/** The spans of a trace, by start. */
export const traceSpans: Query<Params, typeof SPAN_ROW, Span> = {
  sql: readSql('trace-spans.sql', import.meta.dirname),
  columns: SPAN_ROW,
  toValue: toSpan,
};
