import type { TraceId } from '../../domain/ids.ts';
import type { TraceSummary } from '../../domain/trace.ts';
import { type TraceLoops, traceLoops } from '../../domain/trace-loops.ts';
import { encodeCursor } from '../cursor.ts';
import { NO_TRACE_FILTER } from '../no-trace-filter.ts';
import { summariesOf } from '../passing-traces.ts';
import type { JudgedTrace } from '../queries/loop-states.ts';
import type {
  ListedPage,
  ListedTrace,
  ListFilter,
  LoopBatch,
  LoopFilter,
  TraceFilter,
  TracePage,
} from '../reads.ts';
import { type JudgeDeps, judgeTraces } from './judge-traces.ts';

/** Beside what the list itself takes. */
const judgeMilliseconds = 1000;
const budgetMilliseconds = 3000;
const tracesAtOnce = 100;

type Deps = JudgeDeps & {
  /** A page of traces, whether they looped or not. */
  list: (filter: TraceFilter) => Promise<TracePage>;
};

/** A page of traces with their loops. */
export async function listWithLoops(deps: Deps, { loops, ...filter }: ListFilter): Promise<ListedPage> {
  if (loops === 'yes') return listLooping(deps, filter);
  const page = await deps.list(filter);
  return { ...page, items: await withLoops(deps, page.items, judgeMilliseconds) };
}

/**
 * A page of the traces that looped. Pages of all traces that pass the other filters are judged one after the other until
 * there are enough or time is up; then `searched` says how far that was.
 */
async function listLooping(deps: Deps, filter: TraceFilter): Promise<ListedPage> {
  const deadline = deps.elapsed() + budgetMilliseconds;
  const items: ListedTrace[] = [];
  let before = filter.before;
  for (;;) {
    const page = await deps.list({ ...filter, limit: tracesAtOnce, before });
    const listed = await withLoops(deps, page.items, Math.max(0, deadline - deps.elapsed()));
    // Time was up. What comes first is passed over: it would be first the next time too.
    const unjudged = listed.findIndex(({ loops }, place) => place > 0 && isUnjudged(loops));
    const seen = unjudged < 0 ? listed : listed.slice(0, unjudged);
    items.push(...seen.filter(({ loops }) => loops.kind === 'looped'));
    if (items.length > filter.limit) return endingWith(items.slice(0, filter.limit), null, filter);
    if (unjudged >= 0) return endingWith(items, seen.at(-1) ?? null, filter);
    before = page.next;
    const searched = { from: page.searched.from, to: filter.to };
    if (before === null || deps.elapsed() > deadline) return { items, next: before, searched };
  }
}

/** A page behind which there is more: all was looked at down to its last item, or to the trace given. */
function endingWith(items: ListedTrace[], last: ListedTrace | null, { to }: TraceFilter): ListedPage {
  const end = last ?? items.at(-1);
  const next = end ? encodeCursor({ micros: end.start, id: end.traceId }) : null;
  return { items, next, searched: { from: end?.start ?? to, to } };
}

function isUnjudged(loops: TraceLoops): boolean {
  return loops.kind === 'unknown' && loops.reason === 'not judged';
}

/** The traces of these ids with their loops, newest first; what is not stored is left out. */
export async function namedWithLoops(deps: JudgeDeps, traceIds: readonly TraceId[]): Promise<ListedTrace[]> {
  const traces = await summariesOf(deps, traceIds);
  return withLoops(
    deps,
    traces.toSorted((a, b) => b.start - a.start),
    judgeMilliseconds,
  );
}

async function withLoops(
  deps: JudgeDeps,
  traces: readonly TraceSummary[],
  milliseconds: number,
): Promise<ListedTrace[]> {
  const judged = await judgeTraces(
    deps,
    traces.map(({ traceId }) => traceId),
    milliseconds,
  );
  return traces.map((trace) => ({ ...trace, loops: loopsIn(judged.get(trace.traceId) ?? null) }));
}

/** @param judged `null` where the trace could not be judged */
export function loopsIn(judged: JudgedTrace | null): TraceLoops {
  return judged ? traceLoops(judged.report, judged.whole) : { kind: 'unknown', reason: 'not judged' };
}

const tracesAtATime = 200;
/** For the traces of one page. */
const batchMilliseconds = 60_000;

/** The traces of a window, newest first, with what was found in them; a page of them is held at a time. */
export async function* eachLoops(deps: Deps, { from, to, agent }: LoopFilter): AsyncGenerator<LoopBatch> {
  let before: string | null = null;
  do {
    const page: TracePage = await deps.list({
      ...NO_TRACE_FILTER,
      limit: tracesAtATime,
      from,
      to,
      agent,
      before,
    });
    const traceIds = page.items.map(({ traceId }) => traceId);
    const judged = await judgeTraces(deps, traceIds, batchMilliseconds);
    yield {
      traces: page.items.map((trace) => ({ trace, judged: judged.get(trace.traceId) ?? null })),
      from: page.searched.from,
    };
    before = page.next;
  } while (before !== null);
}
