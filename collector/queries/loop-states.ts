import { z } from 'zod';
import { TraceId } from '../../domain/ids.ts';
import { LoopReport } from '../../domain/loop.ts';
import { Micros } from '../../domain/units.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; traceIds: readonly TraceId[]; detector: number };

export const STATE_ROW = z.object({
  id: TraceId,
  state_text: z.string(),
  is_suspect: z.int(),
  is_team: z.int(),
  span_count: z.int(),
  first_micros: Micros,
  bytes: z.int(),
  stored_report: z.string(),
  stored_whole: z.int(),
});

/** What was found in the spans of a trace. */
export type JudgedTrace = {
  report: LoopReport;
  /** Whether all spans of the trace were judged. */
  whole: boolean;
};

/** A trace as the loop detector needs to know it beforehand. */
export type LoopState = {
  traceId: TraceId;
  /** A digest of its rows, in decimal. */
  state: string;
  /** Whether anything may be found in it. */
  suspect: boolean;
  /** Several agents work in it. */
  team: boolean;
  spans: number;
  start: Micros;
  /** Of its spans' text. */
  bytes: number;
  /** What was found in these rows before. */
  stored: JudgedTrace | null;
};

export function toLoopState(row: z.output<typeof STATE_ROW>): LoopState {
  const stored = row.stored_report === '' ? null : LoopReport.parse(JSON.parse(row.stored_report));
  return {
    traceId: row.id,
    state: row.state_text,
    suspect: row.is_suspect === 1,
    team: row.is_team === 1,
    spans: row.span_count,
    start: row.first_micros,
    bytes: row.bytes,
    stored: stored && { report: stored, whole: row.stored_whole === 1 },
  };
}

/** The states of given traces, in no order. */
export const loopStates: Query<Params, typeof STATE_ROW, LoopState> = {
  sql: readSql('loop-states.sql', import.meta.dirname),
  columns: STATE_ROW,
  toValue: toLoopState,
};
