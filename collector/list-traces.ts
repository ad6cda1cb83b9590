import { AppError } from '../domain/errors.ts';
import type { TraceId } from '../domain/ids.ts';
import type { TraceSummary } from '../domain/trace.ts';
import { micros } from '../domain/units.ts';
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts';
import { enclosingCalls, nestedCallsOfTraces } from './queries/nested-calls.ts';
import { NO_FILTER, type TraceFilterParams } from './queries/trace-filter.ts';
import { type TracePlace, traceStep } from './queries/trace-step.ts';
import { type JudgedSummary, traceSummaries } from './queries/trace-summaries.ts';
import type { TraceFilter, TracePage } from './reads.ts';
import type { Store } from './store/store.ts';

const second = 1e6;
const minute = 60 * second;

/** Stands in a cursor that names an instant instead of a trace. */
const anyTrace = 'any';

export type ListDeps = {
  store: Pick<Store, 'rows'>;
  project: string;
  /** Milliseconds of any clock that goes forward. */
  elapsed: () => number;
  /** How long one page may be looked for. */
  budgetMilliseconds?: number;
  /** The part of the window that is searched first, in microseconds; each part that is not enough is followed by a wider one. */
  firstStep?: number;
  /** How far behind a part spans are looked at for the filters, in microseconds: see trace-step.sql. */
  reach?: number;
};

const widening = 4;
/** Where a part held few of the traces that the page needs. */
const fastWidening = 16;
/** Of a part, candidates are judged so many at a time, and a few more than the page still needs. */
const spareCandidates = 10;
/** Before the first trace of a page. */
const noPlace: Cursor = { micros: 0, id: '' };

/**
 * A page of the traces that start in a window, newest first. The window is searched from its end in parts that grow, so
 * that a page of recent traces costs the same however long the window is. When time is up before the page is full, the
 * page holds what was found, `searched` says how far it looked and `next` goes on from there.
 */
export async function listTraces(deps: ListDeps, filter: TraceFilter): Promise<TracePage> {
  const { budgetMilliseconds = 3000, firstStep = 15 * minute, reach = 15 * minute } = deps;
  const params = paramsOf(filter);
  const deadline = deps.elapsed() + budgetMilliseconds;
  const found: TraceSummary[] = [];
  /** Read together: their summaries cost more than the parts in which they were found. */
  const pending: TracePlace[] = [];
  let place = filter.before === null ? noPlace : decodeCursor(filter.before);
  let to =
    filter.before === null ? filter.to : Math.min(filter.to, place.micros + (place.id === anyTrace ? 0 : 1));
  if (place.id === anyTrace) place = noPlace;
  let width = firstStep;

  while (to > filter.from) {
    const seconds = (deadline - deps.elapsed()) / 1000;
    const from = Math.max(filter.from, to - width);
    const limit = filter.limit + 1 - found.length + spareCandidates;
    const step = { ...params, project: deps.project, from, to, reach, limit };
    const cursor = { beforeMicros: place.micros, beforeTraceId: place.id };
    const candidates =
      seconds > 0 && (await withinTime(deps.store.rows(traceStep, { ...step, ...cursor }, { seconds })));
    if (candidates) pending.push(...candidates);
    if (!candidates || pending.length > filter.limit - found.length || from === filter.from) {
      found.push(...(await judge(deps, params, pending.splice(0))));
    }
    if (found.length > filter.limit) return fullPage(found, filter);
    if (!candidates) return cutShort(found, filter, to, place);
    const last = candidates.at(-1);
    if (last && candidates.length === limit) {
      place = { micros: last.first, id: last.traceId };
      to = last.first + 1;
    } else {
      place = noPlace;
      to = from;
      width *= candidates.length < limit / 4 ? fastWidening : widening;
    }
  }
  return { items: found, next: null, searched: { from: filter.from, to: filter.to } };
}

/** The summaries of those candidates that pass the filter, counted over all of their spans, in the order given. */
async function judge(
  deps: ListDeps,
  filter: TraceFilterParams,
  candidates: readonly TracePlace[],
): Promise<TraceSummary[]> {
  const judged = await judgedSummaries(
    deps,
    filter,
    candidates.map(({ traceId }) => traceId),
  );
  return candidates.flatMap(({ traceId, first }) => {
    const found = judged.get(traceId);
    // A trace that began earlier than the part shows is found again where it began.
    return found?.matches && found.summary.start === first ? [found.summary] : [];
  });
}

async function judgedSummaries(
  { store, project }: ListDeps,
  filter: TraceFilterParams,
  traceIds: readonly TraceId[],
): Promise<Map<TraceId, JudgedSummary>> {
  if (traceIds.length === 0) return new Map();
  const plain = await store.rows(traceSummaries, { ...filter, project, traceIds, enclosing: [] });
  const nesting = plain.filter(({ nested }) => nested).map(({ summary }) => summary.traceId);
  const corrected: JudgedSummary[] = [];
  if (nesting.length > 0) {
    const enclosing = enclosingCalls(await store.rows(nestedCallsOfTraces, { project, traceIds: nesting }));
    const params = { ...filter, project, traceIds: nesting, enclosing };
    corrected.push(...(await store.rows(traceSummaries, params)));
  }
  return new Map([...plain, ...corrected].map((row) => [row.summary.traceId, row]));
}

function fullPage(found: TraceSummary[], { limit, to }: TraceFilter): TracePage {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = last ? encodeCursor({ micros: last.start, id: last.traceId }) : null;
  return { items, next, searched: { from: last?.start ?? to, to } };
}

/** Everything down to the place was looked at, and nothing behind it. */
function cutShort(items: TraceSummary[], filter: TraceFilter, to: number, place: Cursor): TracePage {
  const next = encodeCursor(place.id === '' ? { micros: to, id: anyTrace } : place);
  return { items, next, searched: { from: micros(to), to: filter.to } };
}

/** `null` where the store gave up for want of time. */
async function withinTime<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'QUERY_LIMIT') return null;
    throw error;
  }
}

function paramsOf(filter: TraceFilter): TraceFilterParams {
  const { from, to, limit, before, ...narrowing } = filter;
  const set = Object.entries(narrowing).filter(([, value]) => value !== null);
  return { ...NO_FILTER, ...Object.fromEntries(set) };
}

/** The summaries of traces by id, in no order. */
export async function summariesOf(deps: ListDeps, traceIds: readonly TraceId[]): Promise<TraceSummary[]> {
  const judged = await judgedSummaries(deps, NO_FILTER, traceIds);
  return [...judged.values()].map(({ summary }) => summary);
}
