import { countedPlaces } from '../domain/counted-calls.ts';
import type { SpanId, TraceId } from '../domain/ids.ts';
import type { TraceStructure } from '../domain/trace-structure.ts';
import { micros } from '../domain/units.ts';
import { KIND_OF_NUMBER, type StructureRow } from './queries/trace-structure.ts';
import type { ColumnsOf } from './store/store.ts';

const CALLS = ['none', 'call', 'aggregate'] as const;

/**
 * The structure of a trace out of its columns in the store, spans by start. `total` says how many there are. O(n).
 */
export function buildStructure(
  traceId: TraceId,
  columns: ColumnsOf<StructureRow>,
  total: number,
): TraceStructure {
  const start = columns.start_micros[0] ?? micros(0);
  const texts = new Places<string>(['']);
  const place = (values: readonly string[]) =>
    whereAny(
      values.map((value) => texts.of(value)),
      0,
    );
  const { parent, missing } = placeParents(columns.span_id_hex, columns.parent);
  return {
    traceId,
    start,
    total,
    missing,
    spanId: columns.span_id_hex,
    parent,
    gap: columns.start_micros.map((at, i) => at - (columns.start_micros[i - 1] ?? start)),
    duration: columns.duration_micros,
    kind: columns.kind_number.map((number) => KIND_OF_NUMBER[number] ?? 0),
    status: columns.status_number,
    name: place(columns.name),
    errorType: place(columns.error_type),
    service: place(columns.service),
    operation: place(columns.operation),
    agent: place(columns.agent),
    provider: place(columns.provider),
    model: place(columns.model_responded.map((model, row) => model || (columns.model_requested[row] ?? ''))),
    tool: place(columns.tool),
    texts: texts.values,
    usage: usageOf(columns, parent),
  };
}

function placeParents(ids: readonly SpanId[], parents: readonly string[]) {
  const placeOf = new Map(ids.map((id, place) => [id as string, place]));
  const missing = new Places<SpanId>([]);
  const parent = parents.map((id) => {
    if (id === '') return -1;
    return placeOf.get(id) ?? -2 - missing.of(id as SpanId);
  });
  return { parent, missing: missing.values };
}

function usageOf(columns: ColumnsOf<StructureRow>, parent: readonly number[]): TraceStructure['usage'] {
  const usageKnown = columns.span_id_hex.map(
    (_, place) =>
      columns.tokens_input[place] != null ||
      columns.tokens_output[place] != null ||
      columns.tokens_cache_read[place] != null ||
      columns.tokens_cache_write[place] != null ||
      columns.tokens_reasoning[place] != null,
  );
  const counted = countedPlaces({
    spanId: columns.span_id_hex,
    parent,
    call: columns.call_number.map((number) => CALLS[number] ?? 'none'),
    usageKnown,
  });
  const span = columns.span_id_hex.flatMap((_, place) =>
    counted[place] || usageKnown[place] || columns.cost[place] != null ? [place] : [],
  );
  const pick = <T>(values: readonly (T | null)[]) =>
    whereAny(
      span.map((place) => values[place] ?? null),
      null,
    );
  return {
    span,
    counted: span.map((place) => (counted[place] ? 1 : 0)),
    input: pick(columns.tokens_input),
    cacheRead: pick(columns.tokens_cache_read),
    cacheWrite: pick(columns.tokens_cache_write),
    output: pick(columns.tokens_output),
    reasoning: pick(columns.tokens_reasoning),
    cost: pick(columns.cost),
  };
}

/** Nothing where every value is the absent one. */
function whereAny<T>(values: T[], absent: T): T[] {
  return values.some((value) => value !== absent) ? values : [];
}

/** Values in the order in which they first came, each with its place. */
class Places<T> {
  readonly values: T[];
  readonly #placeOf: Map<T, number>;

  constructor(first: readonly T[]) {
    this.values = [...first];
    this.#placeOf = new Map(first.map((value, place) => [value, place]));
  }

  of(value: T): number {
    const known = this.#placeOf.get(value);
    if (known !== undefined) return known;
    this.#placeOf.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** The ids of a rehearsal that the spans of a trace carry; of several the largest, empty for none. */
export function rehearsalOf(columns: ColumnsOf<StructureRow>): {
  run: string;
  trial: string;
  scenario: string;
} {
  return {
    run: largest(columns.run_id),
    trial: largest(columns.trial_id),
    scenario: largest(columns.scenario_id),
  };
}

function largest(values: readonly string[]): string {
  let found = '';
  for (const value of values) if (value > found) found = value;
  return found;
}
