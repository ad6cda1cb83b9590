import { z } from 'zod';
import type { PriceableSpan } from '../../domain/price-call.ts';
import { SPAN_KINDS } from '../../domain/span-kind.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Window } from './window.ts';

const tokens = z.int().nullable();
const columns = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  bucket: z.int(),
  start_micros: z.int(),
  kind: z.enum(SPAN_KINDS),
  model_requested: z.string(),
  model_responded: z.string(),
  tokens_input: tokens,
  tokens_cache_read: tokens,
  tokens_cache_write: tokens,
  tokens_output: tokens,
  tokens_reasoning: tokens,
  cost: z.number().nullable(),
  price: z.string(),
});

/** A call of a model where it lies, with the price it has. */
export type StoredCall = {
  traceId: string;
  spanId: string;
  /** Seconds since the epoch. */
  bucket: number;
  /** Microseconds since the epoch. */
  start: number;
  span: PriceableSpan;
  cost: number | null;
  price: string;
};

export const storedCalls: Query<Window & { project: string }, typeof columns, StoredCall> = {
  sql: readSql('stored-calls.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    traceId: row.trace_id,
    spanId: row.span_id,
    bucket: row.bucket,
    start: row.start_micros,
    span: {
      call: 'call',
      kind: row.kind,
      modelResponded: row.model_responded || null,
      modelRequested: row.model_requested || null,
      usage: {
        input: row.tokens_input,
        cacheRead: row.tokens_cache_read,
        cacheWrite: row.tokens_cache_write,
        output: row.tokens_output,
        reasoning: row.tokens_reasoning,
      },
    },
    cost: row.cost,
    price: row.price,
  }),
};
