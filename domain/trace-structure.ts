import type { SpanId, TraceId } from './ids.ts';
import type { Span } from './span.ts';
import { SPAN_KINDS, SPAN_STATUSES } from './span-kind.ts';
import type { Micros, NanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

/**
 * The spans of a trace without their text, as columns: entry `i` of each column is of span `i`, and spans come by start.
 * A column of texts or of tokens in which nothing is present is empty. As JSON it takes some 70 bytes a span. Plain data: the dashboard reads it without zod, see `spansOfStructure`.
 */
export type TraceStructure = {
  traceId: TraceId;
  /** Of the first span, since the epoch. */
  start: Micros;
  /** Spans of the trace; there are fewer in the columns where only the first ones are given. */
  total: number;
  /** The text columns hold places in this list. Place 0 is the empty text: absent. */
  texts: string[];
  /** Spans that are named as a parent and are not among the columns. */
  missing: SpanId[];
  spanId: SpanId[];
  /** The parent's place in the columns; -1 for a root; -2 - k where the parent is `missing[k]`. */
  parent: number[];
  /** Microseconds after the start of the span before it; for the first, after `start`. */
  gap: number[];
  /** Microseconds. */
  duration: number[];
  /** Places in SPAN_KINDS and SPAN_STATUSES. */
  kind: number[];
  status: number[];
  name: number[];
  errorType: number[];
  service: number[];
  operation: number[];
  agent: number[];
  provider: number[];
  model: number[];
  tool: number[];
  /** The spans that carry usage or a cost, one entry each in its columns. */
  usage: UsageColumns;
};

export type UsageColumns = {
  /** The span's place in the columns of the structure. */
  span: number[];
  /** 1 where tokens and cost count towards the totals of the trace: see the leaf rule in `countedCalls`. */
  counted: (0 | 1)[];
  cost: (NanoUsd | null)[];
} & Record<keyof Usage, (number | null)[]>;

/** A row of the waterfall. */
export type StructureSpan = Pick<
  Span,
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'kind'
  | 'start'
  | 'duration'
  | 'status'
  | 'errorType'
  | 'service'
  | 'operation'
  | 'agent'
  | 'provider'
  | 'model'
  | 'tool'
  | 'usage'
  | 'cost'
> & { counted: boolean };

/** The columns as rows, in the same order. O(n). */
export function spansOfStructure(structure: TraceStructure): StructureSpan[] {
  const textAt = (column: readonly number[], place: number) => structure.texts[column[place] ?? 0] || null;
  let start: number = structure.start;
  const startAt = (place: number) => {
    start += structure.gap[place] ?? 0;
    return start as Micros;
  };
  const spans = structure.spanId.map(
    (spanId, i): StructureSpan => ({
      spanId,
      parentSpanId: parentOf(structure, i),
      name: textAt(structure.name, i) ?? '',
      kind: SPAN_KINDS[structure.kind[i] ?? -1] ?? 'other',
      start: startAt(i),
      duration: (structure.duration[i] ?? 0) as Micros,
      status: SPAN_STATUSES[structure.status[i] ?? 0] ?? 'unset',
      errorType: textAt(structure.errorType, i),
      service: textAt(structure.service, i) ?? '',
      operation: textAt(structure.operation, i),
      agent: textAt(structure.agent, i),
      provider: textAt(structure.provider, i),
      model: textAt(structure.model, i),
      tool: textAt(structure.tool, i),
      usage: null,
      cost: null,
      counted: false,
    }),
  );
  structure.usage.span.forEach((place, k) => {
    const span = spans[place];
    if (!span) return;
    span.usage = usageAt(structure.usage, k);
    span.cost = structure.usage.cost[k] ?? null;
    span.counted = structure.usage.counted[k] === 1;
  });
  return spans;
}

function parentOf({ parent, spanId, missing }: TraceStructure, place: number): SpanId | null {
  const at = parent[place] ?? -1;
  return (at >= 0 ? spanId[at] : missing[-2 - at]) ?? null;
}

function usageAt(columns: UsageColumns, k: number): Usage | null {
  const usage: Usage = {
    input: columns.input[k] ?? null,
    cacheRead: columns.cacheRead[k] ?? null,
    cacheWrite: columns.cacheWrite[k] ?? null,
    output: columns.output[k] ?? null,
    reasoning: columns.reasoning[k] ?? null,
  };
  const { input, cacheRead, cacheWrite, output, reasoning } = usage;
  const known = input ?? cacheRead ?? cacheWrite ?? output ?? reasoning;
  return known === null ? null : usage;
}
