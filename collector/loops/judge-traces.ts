import { DETECTOR_VERSION, detectLoops } from '../../domain/detect-loops.ts';
import { AppError } from '../../domain/errors.ts';
import type { TraceId } from '../../domain/ids.ts';
import { workOfSpans } from '../../domain/loop-steps.ts';
import { type JudgedTrace, type LoopState, loopStates } from '../queries/loop-states.ts';
import type { Store } from '../store/store.ts';
import type { LoopMemory } from './loop-memory.ts';
import { readWork, SPANS_OF_TRACE } from './read-work.ts';

export type JudgeDeps = {
  store: Pick<Store, 'rows'>;
  project: string;
  /** Traces that were judged lately and are not stored yet. */
  memory?: LoopMemory;
  /** Milliseconds of any clock that goes forward. */
  elapsed: () => number;
};

/** What is read together: by the bytes of the text as it was sent, and by spans. A larger trace is read alone. */
const bytesAtOnce = 32_000_000;
const spansAtOnce = 20_000;

const NOTHING: JudgedTrace = {
  report: { calls: 0, idle: 0, longest: 0, findings: [], repeated: null },
  whole: true,
};

/**
 * Judges traces by `detectLoops`: out of the store where the same spans have been judged before, else anew; one that
 * may not hold any finding is not read at all. `null` where time was up before a trace's turn, or it is too much to read;
 * a trace that is not stored is not in the answer.
 *
 * @param budgetMilliseconds for reading the traces that are not stored
 */
export async function judgeTraces(
  deps: JudgeDeps,
  traceIds: readonly TraceId[],
  budgetMilliseconds: number,
): Promise<Map<TraceId, JudgedTrace | null>> {
  const { store, project, memory } = deps;
  const judged = new Map<TraceId, JudgedTrace | null>();
  if (traceIds.length === 0) return judged;
  const unread: LoopState[] = [];
  for (const state of await store.rows(loopStates, { project, traceIds, detector: DETECTOR_VERSION })) {
    const known = state.suspect ? (state.stored ?? memory?.recall(state)) : NOTHING;
    judged.set(state.traceId, known ?? null);
    if (!known) unread.push(state);
  }
  const deadline = deps.elapsed() + budgetMilliseconds;
  for (const batch of batchesOf(unread)) {
    const seconds = (deadline - deps.elapsed()) / 1000;
    if (seconds <= 0) break;
    const found = await withinLimits(() => judgeUnread(deps, batch, seconds));
    for (const [state, trace] of found ?? []) {
      judged.set(state.traceId, trace);
      memory?.keep(state, trace);
    }
  }
  return judged;
}

/** Reads traces and judges them, whatever is stored. */
export async function judgeUnread(
  deps: Pick<JudgeDeps, 'store' | 'project'>,
  traces: readonly LoopState[],
  seconds: number,
): Promise<[LoopState, JudgedTrace][]> {
  const work = await readWork(deps, traces, { seconds });
  return traces.flatMap((state): [LoopState, JudgedTrace][] => {
    const spans = work.get(state.traceId);
    if (!spans) return [];
    return [[state, { report: detectLoops(workOfSpans(spans)), whole: state.spans <= SPANS_OF_TRACE }]];
  });
}

/** Traces to be read together, in the order given. */
export function batchesOf(traces: readonly LoopState[]): LoopState[][] {
  const batches: LoopState[][] = [];
  let [bytes, spans] = [0, 0];
  for (const trace of traces) {
    const read = Math.min(trace.spans, SPANS_OF_TRACE);
    if (batches.length === 0 || bytes + trace.bytes > bytesAtOnce || spans + read > spansAtOnce) {
      batches.push([]);
      [bytes, spans] = [0, 0];
    }
    batches.at(-1)?.push(trace);
    bytes += trace.bytes;
    spans += read;
  }
  return batches;
}

/** `null` where the store gave up for want of time or memory. */
async function withinLimits<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'QUERY_LIMIT') return null;
    throw error;
  }
}
