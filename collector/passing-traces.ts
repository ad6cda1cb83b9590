import type { TraceId } from '../domain/ids.ts';
import type { TraceSummary } from '../domain/trace.ts';
import { enclosingCalls, nestedCallsOfTraces } from './queries/nested-calls.ts';
import { NO_FILTER, type TraceFilterParams } from './queries/trace-filter.ts';
import { traceHoursOf } from './queries/trace-hours-of.ts';
import type { TracePlace } from './queries/trace-step.ts';
import { type JudgedSummary, traceSummaries } from './queries/trace-summaries.ts';
import { traceSummariesBuilt } from './queries/trace-summaries-built.ts';
import { wordedTraces } from './queries/worded-traces.ts';
import type { Store } from './store/store.ts';
import type { TextSearch } from './text-search.ts';
import { hourOf } from './trace-parts.ts';

type JudgeDeps = { store: Pick<Store, 'rows'>; project: string };

/** What a trace must pass: the filter, and a search in its text. */
export type Wanted = { filter: TraceFilterParams; search: TextSearch | null };

/** A trace that may belong to a part of the window, in microseconds. */
export type Candidate = TracePlace & { from: number; to: number };

/**
 * The summaries of those candidates that pass the filter, newest first. Each is counted over all spans of its trace,
 * wherever they lie: read from what is built where the trace lies in one hour and that is built, else from the spans.
 *
 * @param builds of the hours that are built, by hour in seconds since the epoch
 */
export async function passingTraces(
  deps: JudgeDeps,
  { filter, search }: Wanted,
  candidates: readonly Candidate[],
  builds: ReadonlyMap<number, number>,
): Promise<TraceSummary[]> {
  const { store, project } = deps;
  const traceIds = candidates.map(({ traceId }) => traceId);
  if (traceIds.length === 0) return [];
  const inBuilt = candidates.flatMap(({ traceId, first }) => {
    const hour = hourOf(first);
    const build = builds.get(hour);
    return build === undefined ? [] : [{ traceId, hour, build }];
  });
  const [worded, places, built] = await Promise.all([
    search && store.rows(wordedTraces, { project, traceIds, phrases: search.phrases }),
    inBuilt.length === 0 ? [] : store.rows(traceHoursOf, { project, traceIds }),
    inBuilt.length === 0
      ? []
      : store.rows(traceSummariesBuilt, { ...filter, project, ...columnsOf(inBuilt) }),
  ]);
  const hoursOf = new Map(places.map(({ traceId, hours }) => [traceId, hours]));
  const whole = built.filter(({ summary }) => {
    const hours = hoursOf.get(summary.traceId) ?? [];
    return hours.length === 1 && hours[0] === hourOf(summary.start);
  });
  const says = worded && new Set(worded);
  const judged = new Map(whole.map((row) => [row.summary.traceId, row]));
  const others = traceIds.filter((traceId) => !judged.has(traceId) && says?.has(traceId) !== false);
  for (const row of await readSummaries(deps, filter, others)) judged.set(row.summary.traceId, row);
  return candidates
    .flatMap((candidate) => {
      const found = judged.get(candidate.traceId);
      if (says?.has(candidate.traceId) === false) return [];
      return found?.matches && startsThere(found.summary, candidate) ? [found.summary] : [];
    })
    .sort((a, b) => b.start - a.start || (a.traceId < b.traceId ? 1 : -1));
}

/**
 * A trace that began earlier than the part shows is found again where it began. One that begins later has a span that
 * was delivered again with a later start.
 */
function startsThere({ start }: TraceSummary, { first, from, to }: Candidate): boolean {
  return start === first || (start > first && start >= from && start < to);
}

function columnsOf(rows: readonly { traceId: TraceId; hour: number; build: number }[]) {
  return {
    traceIds: rows.map(({ traceId }) => traceId),
    hours: rows.map(({ hour }) => hour),
    builds: rows.map(({ build }) => build),
  };
}

/** Out of all spans of the traces, in no order. */
async function readSummaries(
  { store, project }: JudgeDeps,
  filter: TraceFilterParams,
  traceIds: readonly TraceId[],
): Promise<JudgedSummary[]> {
  if (traceIds.length === 0) return [];
  const plain = await store.rows(traceSummaries, { ...filter, project, traceIds, enclosing: [] });
  const nesting = plain.filter(({ nested }) => nested).map(({ summary }) => summary.traceId);
  if (nesting.length === 0) return plain;
  const enclosing = enclosingCalls(await store.rows(nestedCallsOfTraces, { project, traceIds: nesting }));
  const corrected = await store.rows(traceSummaries, { ...filter, project, traceIds: nesting, enclosing });
  return [...plain.filter(({ nested }) => !nested), ...corrected];
}

/** The summaries of traces by id, in no order. */
export async function summariesOf(deps: JudgeDeps, traceIds: readonly TraceId[]): Promise<TraceSummary[]> {
  return (await readSummaries(deps, NO_FILTER, traceIds)).map(({ summary }) => summary);
}
