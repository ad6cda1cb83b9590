import { z } from 'zod';
import { SpanId, type TraceId } from '../../domain/ids.ts';
import { type Pin, PinId } from '../../domain/pin.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceId: TraceId };

const columns = z.object({
  pin_id: PinId,
  span: SpanId,
  note: z.string(),
  author: z.string(),
  pinned_micros: Micros,
});

/** The pins of a trace, the oldest first. */
export const tracePins: Query<Params, typeof columns, Omit<Pin, 'traceId'>> = {
  sql: readSql('trace-pins.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    id: row.pin_id,
    spanId: row.span,
    note: row.note,
    author: row.author,
    pinnedAt: row.pinned_micros,
  }),
};
