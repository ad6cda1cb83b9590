import { DETECTOR_VERSION } from '../../domain/detect-loops.ts';
import { AppError } from '../../domain/errors.ts';
import type { TraceId } from '../../domain/ids.ts';
import { traceLoops } from '../../domain/trace-loops.ts';
import { batchesOf, judgeUnread } from '../loops/judge-traces.ts';
import type { Log } from '../observe/log.ts';
import { type JudgedTrace, type LoopState, loopStates } from '../queries/loop-states.ts';
import { tracesOfHour } from '../queries/traces-of-hour.ts';
import { type UnjudgedHour, unjudgedHours } from '../queries/unjudged-hours.ts';
import {
  boolean,
  hexBytes,
  type NativeColumn,
  nanoTime,
  nullableInt64,
  secondTime,
  text,
  uint32,
  uint64,
  words,
} from '../store/native-block.ts';
import type { Store } from '../store/store.ts';

export type JudgeHoursDeps = {
  store: Pick<Store, 'rows' | 'each' | 'insert'>;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Hours of a pass at most. */
  most?: number;
};

/** States of traces that are asked for together. */
const tracesAtOnce = 500;
const secondsOfBatch = 60;

/**
 * Judges the traces of hours that have been rebuilt since they were last judged, and returns how many hours those were. A
 * trace is judged whole, whatever hour brought it here; one whose rows were judged before is left as it is. A pass that
 * is cut off is taken up again: an hour counts as judged only once all of its traces are.
 */
export async function judgeHours(deps: JudgeHoursDeps, signal: AbortSignal): Promise<number> {
  const hours = await deps.store.rows(unjudgedHours, { detector: DETECTOR_VERSION, limit: deps.most ?? 48 });
  for (const hour of hours) {
    let traces: TraceId[] = [];
    for await (const traceId of deps.store.each(tracesOfHour, hourParams(hour), { signal })) {
      traces.push(traceId);
      if (traces.length < tracesAtOnce) continue;
      await judgeSome(deps, hour.project, traces, signal);
      traces = [];
    }
    await judgeSome(deps, hour.project, traces, signal);
    signal.throwIfAborted();
    await deps.store.insert('loop_hours', HOUR_COLUMNS, [hour]);
  }
  return hours.length;
}

function hourParams({ project, hour }: UnjudgedHour) {
  return { project, hour };
}

async function judgeSome(
  deps: JudgeHoursDeps,
  project: string,
  traceIds: readonly TraceId[],
  signal: AbortSignal,
): Promise<void> {
  if (traceIds.length === 0) return;
  const { store } = deps;
  const states = await store.rows(loopStates, { project, traceIds, detector: DETECTOR_VERSION });
  for (const batch of batchesOf(states.filter(({ suspect, stored }) => suspect && stored === null))) {
    signal.throwIfAborted();
    const judged = await judgeOrTell(deps, project, batch);
    const at = BigInt(deps.now()) * 1_000_000n;
    const rows = judged.map(([state, trace]): LoopRow => ({ project, at, state, ...trace }));
    await store.insert('trace_loops', LOOP_COLUMNS, rows);
  }
}

/** Traces that are too much to read are left to be shown as such. */
async function judgeOrTell(
  { store, log }: JudgeHoursDeps,
  project: string,
  batch: readonly LoopState[],
): Promise<[LoopState, JudgedTrace][]> {
  try {
    return await judgeUnread({ store, project }, batch, secondsOfBatch);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'QUERY_LIMIT')) throw error;
    const first = batch[0]?.traceId ?? '';
    const told = `the loops of ${batch.length} traces, ${first} first, are not known: ${error.message}`;
    log('loops.unknown', told, { project, traces: batch.length, first });
    return [];
  }
}

type LoopRow = JudgedTrace & { project: string; at: bigint; state: LoopState };

const verdictOf = ({ report, whole }: LoopRow) => traceLoops(report, whole);
const longestOf = (row: LoopRow) => {
  const loops = verdictOf(row);
  return loops.kind === 'looped' ? loops : null;
};

const LOOP_COLUMNS: readonly NativeColumn<LoopRow>[] = [
  words('project', ({ project }) => project),
  hexBytes('trace_id', 16, ({ state }) => state.traceId),
  uint64('state', ({ state }) => BigInt(state.state)),
  uint32('detector', () => DETECTOR_VERSION),
  nanoTime('judged_at', ({ at }) => at),
  nanoTime('start', ({ state }) => BigInt(state.start) * 1000n),
  boolean('whole', ({ whole }) => whole),
  words('verdict', (row) => longestOf(row)?.by ?? verdictOf(row).kind),
  text('what', (row) => longestOf(row)?.what ?? ''),
  nullableInt64('steps', ({ report }) => report.longest),
  nullableInt64('wasted_micros', (row) => longestOf(row)?.wasted.duration ?? null),
  nullableInt64('wasted_tokens', (row) => longestOf(row)?.wasted.tokens ?? null),
  nullableInt64('wasted_cost', (row) => longestOf(row)?.wasted.cost ?? null),
  text('report', ({ report }) => JSON.stringify(report)),
];

const HOUR_COLUMNS: readonly NativeColumn<UnjudgedHour>[] = [
  words('project', ({ project }) => project),
  secondTime('hour', ({ hour }) => hour),
  uint32('detector', () => DETECTOR_VERSION),
  uint64('build', ({ build }) => BigInt(build)),
];
