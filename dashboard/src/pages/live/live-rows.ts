import type { SpanKind } from '../../../../domain/span-kind.ts';
import type { TraceSummary } from '../../../../domain/trace.ts';
import type { TraceLoops } from '../../../../domain/trace-loops.ts';

export type ListedTrace = TraceSummary & { loops: TraceLoops };

/** A span as the stream tells of it; see `GET /api/live`. */
export type StreamedSpan = {
  traceId: string;
  /** `null` for a root. */
  parentSpanId: string | null;
  name: string;
  kind: SpanKind;
  status: 'unset' | 'ok' | 'error';
  /** Epoch microseconds. */
  start: number;
  duration: number;
  agent: string | null;
};

/** What a trace did last, of that which has ended. */
export type Step = { name: string; kind: SpanKind; agent: string | null; failed: boolean; end: number };

export type LiveRow = {
  trace: ListedTrace;
  step: Step | null;
  /** When a span of it came last, in epoch milliseconds of this browser. */
  heard: number;
};

export type RowState = 'under way' | 'quiet' | 'ended' | 'failed';

/** Everything that the page holds: at most `mostRows` traces and as many steps and names of traces to be read. */
export type LiveRows = {
  rows: ReadonlyMap<string, LiveRow>;
  steps: ReadonlyMap<string, Step>;
  /** Traces of which spans came since they were read. */
  unread: ReadonlySet<string>;
  /** Spans may have come of traces that the page does not know: the list is to be read. */
  unsure: boolean;
  /** Traces of the last quarter of an hour that have no row any more, or never had one. */
  missed: number;
};

export const mostRows = 100;
/** A trace under way of which nothing came for so long is quiet: its agent waits, works on one long step, or is gone. */
export const quietMillis = 120_000;

export const NO_ROWS: LiveRows = {
  rows: new Map(),
  steps: new Map(),
  unread: new Set(),
  unsure: false,
  missed: 0,
};

/** Takes spans off the stream; `dropped` of which the stream passed over as many. */
export function hear(live: LiveRows, spans: readonly StreamedSpan[], dropped: number, now: number): LiveRows {
  const steps = new Map(live.steps);
  const unread = new Set(live.unread);
  const rows = new Map(live.rows);
  let unsure = live.unsure || dropped > 0;
  for (const span of spans) {
    const { traceId } = span;
    if (unread.size >= mostRows && !unread.has(traceId)) {
      // More than can be read one by one: the list tells which are the newest.
      unsure = true;
      continue;
    }
    unread.add(traceId);
    const row = rows.get(traceId);
    const step = later(steps.get(traceId) ?? row?.step ?? null, span);
    if (step) steps.set(traceId, step);
    if (row) rows.set(traceId, { ...row, step, heard: now });
  }
  return { ...live, rows, steps, unread, unsure };
}

/**
 * Takes traces as they were read, with the steps that were heard of them before.
 *
 * @param missed where the list was read: how many more traces it holds than are given here
 */
export function show(
  live: LiveRows,
  traces: readonly ListedTrace[],
  now: number,
  missed: number | null = null,
): LiveRows {
  const rows = new Map(live.rows);
  for (const trace of traces) {
    const { traceId } = trace;
    const known = rows.get(traceId);
    const step = live.steps.get(traceId) ?? known?.step ?? null;
    rows.set(traceId, { trace, step, heard: known?.heard ?? now });
  }
  const kept = inOrder(rows.values(), now).slice(0, mostRows);
  const evicted = rows.size - kept.length;
  return {
    ...live,
    rows: new Map(kept.map((row) => [row.trace.traceId, row])),
    steps: new Map([...live.steps].filter(([traceId]) => live.unread.has(traceId))),
    missed: missed ?? live.missed + evicted,
  };
}

/** Nothing is unread any more: what is asked for now tells all that was heard before. */
export function asking(live: LiveRows): LiveRows {
  return { ...live, unread: new Set(), unsure: false };
}

/** What was to be read could not be. */
export function unanswered(live: LiveRows, asked: ReadonlySet<string>): LiveRows {
  const unread = new Set([...live.unread, ...asked]);
  return unread.size > mostRows ? { ...live, unsure: true } : { ...live, unread };
}

export function stateOf({ trace, heard }: LiveRow, now: number): RowState {
  if (trace.rootReceived) return trace.errors > 0 ? 'failed' : 'ended';
  return now - heard > quietMillis ? 'quiet' : 'under way';
}

/** Those under way first, the newest of them first; then those that ended, the latest first. */
export function inOrder(rows: Iterable<LiveRow>, now: number): LiveRow[] {
  const rank = (row: LiveRow) => ({ 'under way': 0, quiet: 1, ended: 2, failed: 2 })[stateOf(row, now)];
  const moment = ({ trace }: LiveRow) => trace.start + (trace.rootReceived ? trace.duration : 0);
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || moment(b) - moment(a) || (a.trace.traceId < b.trace.traceId ? -1 : 1),
  );
}

/** Microseconds that a trace has taken: up to now while it is under way. */
export function elapsedOf({ trace }: LiveRow, now: number): number {
  return trace.rootReceived ? trace.duration : Math.max(trace.duration, now * 1000 - trace.start);
}

/** The step that ended last. A root is no step: it is the whole. */
function later(known: Step | null, span: StreamedSpan): Step | null {
  const { parentSpanId, name, kind, agent, status, start, duration } = span;
  const end = start + duration;
  if (parentSpanId === null || (known !== null && known.end > end)) return known;
  return { name, kind, agent, failed: status === 'error', end };
}
