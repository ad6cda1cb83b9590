import { z } from 'zod';
import { SpanId, type TraceId } from '../../domain/ids.ts';
import { SPAN_KINDS, type SpanKind } from '../../domain/span-kind.ts';
import { Micros, NanoUsd } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceId: TraceId; limit: number };

const tokens = z.int().nullable();

const columns = z.object({
  span_id_hex: SpanId,
  /** Empty for a root. */
  parent: z.string(),
  start_micros: Micros,
  duration_micros: Micros,
  name: z.string(),
  /** The numbers of the enums in the schema. */
  kind_number: z.int(),
  status_number: z.int(),
  error_type: z.string(),
  service: z.string(),
  operation: z.string(),
  agent: z.string(),
  provider: z.string(),
  model_requested: z.string(),
  model_responded: z.string(),
  tool: z.string(),
  call_number: z.int(),
  tokens_input: tokens,
  tokens_cache_read: tokens,
  tokens_cache_write: tokens,
  tokens_output: tokens,
  tokens_reasoning: tokens,
  cost: NanoUsd.nullable(),
  run_id: z.string(),
  trial_id: z.string(),
  scenario_id: z.string(),
});

export type StructureRow = z.output<typeof columns>;

/** The spans of a trace, by start, to be read as columns. */
export const traceStructure: Query<Params, typeof columns, StructureRow> = {
  sql: readSql('trace-structure.sql', import.meta.dirname),
  columns,
  toValue: (row) => row,
};

/** The store's numbers of kinds, as places in SPAN_KINDS. */
const KINDS: readonly SpanKind[] = [
  'other',
  'agent',
  'llm',
  'tool',
  'retrieval',
  'guardrail',
  'human',
  'step',
];
export const KIND_OF_NUMBER = KINDS.map((kind) => SPAN_KINDS.indexOf(kind));
