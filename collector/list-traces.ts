import { AppError } from '../domain/errors.ts';
import type { TraceSummary } from '../domain/trace.ts';
import { micros } from '../domain/units.ts';
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts';
import { type Candidate, passingTraces, type Wanted } from './passing-traces.ts';
import { GRACE_SECONDS, HOUR } from './plan-hours.ts';
import { hourStates, isBuilt } from './queries/hour-states.ts';
import { NO_FILTER, NO_SEARCH, type TraceFilterParams } from './queries/trace-filter.ts';
import { type TracePlace, traceStep } from './queries/trace-step.ts';
import { traceStepBuilt } from './queries/trace-step-built.ts';
import type { TraceFilter, TracePage, Window } from './reads.ts';
import type { Store } from './store/store.ts';
import { readSearch, searchParams } from './text-search.ts';
import { hourOf, partsOf, type TracePart } from './trace-parts.ts';

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
  /** How much of the spans is searched first, in microseconds; each part that is not enough is followed by a wider one. */
  firstStep?: number;
  /** How many traces of what is built are searched first. */
  firstTraces?: number;
  /** How far behind a part spans are looked at for the filters, in microseconds: see trace-step.sql. */
  reach?: number;
  graceSeconds?: number;
};

/** Text is larger than what else is filtered. */
const searchMilliseconds = 10_000;
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
  const {
    budgetMilliseconds = filter.search === null ? 3000 : searchMilliseconds,
    firstStep = 15 * minute,
    firstTraces = 20_000,
  } = deps;
  const params = paramsOf(filter);
  const deadline = deps.elapsed() + budgetMilliseconds;
  const found: TraceSummary[] = [];
  /** Read together: their summaries cost more than the parts in which they were found. */
  const pending: Candidate[] = [];
  let place = filter.before === null ? noPlace : decodeCursor(filter.before);
  const end =
    filter.before === null ? filter.to : Math.min(filter.to, place.micros + (place.id === anyTrace ? 0 : 1));
  if (place.id === anyTrace) place = noPlace;
  const window = { from: filter.from, to: micros(end) };
  const [states, search] = await Promise.all([
    statesOf(deps, window),
    filter.search === null ? null : readSearch(deps, filter.search, window),
  ]);
  const wanted = { filter: params, search };
  const builds = new Map(states.filter(isBuilt).map(({ hour, build }) => [hour, build]));
  const pace = { micros: firstStep, traces: firstTraces };

  for (const part of partsOf(states, window, pace)) {
    for (let to = part.to; to > part.from; ) {
      const seconds = (deadline - deps.elapsed()) / 1000;
      const limit = filter.limit + 1 - found.length + spareCandidates;
      const step = { ...wanted, place, limit, seconds };
      const candidates = seconds > 0 && (await withinTime(candidatesOf(deps, { ...part, to }, step)));
      if (!candidates) {
        found.push(...(await passingTraces(deps, wanted, pending.splice(0), builds)));
        return found.length > filter.limit ? fullPage(found, filter) : cutShort(found, filter, to, place);
      }
      pending.push(...candidates.map((candidate) => ({ ...candidate, from: part.from, to })));
      if (pending.length > filter.limit - found.length) {
        found.push(...(await passingTraces(deps, wanted, pending.splice(0), builds)));
      }
      if (found.length > filter.limit) return fullPage(found, filter);
      const last = candidates.at(-1);
      if (last && candidates.length === limit) {
        place = { micros: last.first, id: last.traceId };
        to = last.first + 1;
      } else {
        place = noPlace;
        to = part.from;
        const factor = candidates.length < limit / 4 ? fastWidening : widening;
        pace.micros *= factor;
        pace.traces *= factor;
      }
    }
  }
  found.push(...(await passingTraces(deps, wanted, pending, builds)));
  if (found.length > filter.limit) return fullPage(found, filter);
  return { items: found, next: null, searched: { from: filter.from, to: filter.to } };
}

/** The hours of a window and the one behind it. */
export function statesOf({ store, project, graceSeconds = GRACE_SECONDS }: ListDeps, { from, to }: Window) {
  return store.rows(hourStates, {
    project,
    from: hourOf(from),
    to: hourOf(to) + 2 * HOUR,
    grace: graceSeconds,
  });
}

type Step = Wanted & { place: Cursor; limit: number; seconds: number };

/** The traces of a part that may pass, newest first, behind the place. */
async function candidatesOf(deps: ListDeps, part: TracePart, step: Step): Promise<TracePlace[]> {
  const { store, project, reach = 15 * minute } = deps;
  const { from, to } = part;
  const { filter, search, place, limit, seconds } = step;
  const found = search === null ? NO_SEARCH : await searchParams(deps, search, part, seconds);
  const cursor = { beforeMicros: place.micros, beforeTraceId: place.id };
  const params = { ...filter, ...found, ...cursor, project, from, to, reach, limit };
  if (part.kind === 'live') return store.rows(traceStep, params, { seconds });
  const hours = part.hours.map(({ hour }) => hour);
  const builds = part.hours.map(({ build }) => build);
  return store.rows(traceStepBuilt, { ...params, until: part.until, hours, builds }, { seconds });
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
export async function withinTime<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'QUERY_LIMIT') return null;
    throw error;
  }
}

export function paramsOf(filter: TraceFilter): TraceFilterParams {
  const { from, to, limit, before, search, ...narrowing } = filter;
  const set = Object.entries(narrowing).filter(([, value]) => value !== null);
  return { ...NO_FILTER, ...Object.fromEntries(set) };
}
