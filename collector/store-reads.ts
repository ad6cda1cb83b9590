import type { SpanId, TraceId } from '../domain/ids.ts';
import { summariseTrace } from '../domain/summarise-trace.ts';
import { spansOfStructure } from '../domain/trace-structure.ts';
import { buildStructure, rehearsalOf } from './build-structure.ts';
import { countTraces } from './count-traces.ts';
import { decodeCursor, toPage } from './cursor.ts';
import { listTraces } from './list-traces.ts';
import { toContentEvent, toLogRecord } from './logs/to-log-record.ts';
import { judgeTraces } from './loops/judge-traces.ts';
import { eachLoops, listWithLoops, loopsIn, namedWithLoops } from './loops/list-loops.ts';
import { loopMemory } from './loops/loop-memory.ts';
import { summariesOf } from './passing-traces.ts';
import { keptSpans } from './queries/kept-spans.ts';
import { logRecords } from './queries/log-records.ts';
import { runPage } from './queries/run-page.ts';
import { runTrials } from './queries/run-trials.ts';
import { spanDetail } from './queries/span-detail.ts';
import { spansSaying } from './queries/spans-saying.ts';
import { type StructureRow, traceStructure } from './queries/trace-structure.ts';
import { rehearsalIds } from './queries/trace-summaries.ts';
import { trialPayloads } from './queries/trial-payloads.ts';
import { trialProgress } from './queries/trial-progress.ts';
import { trialRecord } from './queries/trial-record.ts';
import { trialSpans } from './queries/trial-spans.ts';
import { readChart, readFacet } from './read-chart.ts';
import { readCosts } from './read-costs.ts';
import { readMessages, readOutcomes, readReplyCurve } from './read-outcomes.ts';
import type { PageRequest, Reads, TraceFilter } from './reads.ts';
import type { ColumnsOf, Store } from './store/store.ts';

/** A trace shows its first spans; `total` says how many there are. */
const spansOfTrace = 50_000;
const logsOfTrace = 1000;
const logsOfTrial = 10_000;
const spansOfTrial = 10_000;
/** Traces whose loops are held in memory until they are stored. */
const tracesRemembered = 5000;
const loopMilliseconds = 10_000;
const trialsOfRun = 50_000;

/** What the API reads, out of ClickHouse. */
export function storeReads(store: Store, project: string): Reads {
  const oneRun = (runId: string) =>
    store.maybeOne(runPage, { project, runId, limit: 1, beforeMicros: null, beforeRunId: '' });

  /** A span that was delivered with several starts lies in several minutes until housekeeping has passed: it is rare. */
  async function withEachSpanOnce<Columns extends ColumnsOf<StructureRow>>(
    traceId: TraceId,
    columns: Columns,
  ) {
    const ids = columns.span_id_hex;
    if (new Set(ids).size === ids.length) return columns;
    const kept = new Map(await store.rows(keptSpans, { project, traceId }));
    return rowsWhere(columns, (row) => {
      const start = kept.get(ids[row] as SpanId);
      return start === undefined || start === columns.start_micros[row];
    });
  }

  const list = { store, project, elapsed: () => performance.now() };
  const loops = {
    ...list,
    memory: loopMemory(tracesRemembered),
    list: (filter: TraceFilter) => listTraces(list, filter),
  };

  return {
    async runs({ limit, before }) {
      const { micros, id } = placeBefore(before);
      const rows = await store.rows(runPage, {
        project,
        runId: null,
        beforeMicros: micros,
        beforeRunId: id,
        limit: limit + 1,
      });
      return toPage(rows, limit, (run) => ({ micros: run.start, id: run.id }));
    },

    async run(runId) {
      const run = await oneRun(runId);
      if (!run) return null;
      return { run, trials: await store.rows(runTrials, { project, runId, limit: trialsOfRun }) };
    },

    async trial(trialId) {
      const trial = await store.maybeOne(trialRecord, { project, trialId });
      if (!trial) return null;
      const run = await oneRun(trial.runId);
      return run && { trial, run };
    },

    async trialProgress(trialId) {
      const found = await store.maybeOne(trialProgress, { project, trialId });
      return found ?? { spans: 0, rootReceived: false };
    },

    async trialSpans(trialId) {
      const spans = await store.rows(trialSpans, { project, trialId, limit: spansOfTrial });
      if (spans.length === 0) return [];
      const traceIds = [...new Set(spans.map(({ traceId }) => traceId))];
      const [found, logs] = await Promise.all([
        store.rows(trialPayloads, { project, trialId }),
        store.rows(logRecords, { project, traceIds, spanId: null, event: null, limit: logsOfTrial }),
      ]);
      const payloads = new Map(found.map(({ traceId, spanId, payload }) => [traceId + spanId, payload]));
      const logsBySpan = Map.groupBy(logs, ({ traceId, spanId }) => traceId + spanId);
      return spans.flatMap((span) => {
        const key = span.traceId + span.spanId;
        const payload = payloads.get(key);
        return payload
          ? [{ ...span, payload: payload((logsBySpan.get(key) ?? []).map(toContentEvent)) }]
          : [];
      });
    },

    traces: (filter) => listTraces(list, filter),
    tracesWithLoops: (filter) => listWithLoops(loops, filter),
    namedTraces: (traceIds) => namedWithLoops(loops, traceIds),
    eachLoops: (filter) => eachLoops(loops, filter),

    async traceLoops(traceId) {
      const judged = (await judgeTraces(loops, [traceId], loopMilliseconds)).get(traceId);
      return judged === undefined ? null : { loops: loopsIn(judged), report: judged?.report ?? null };
    },
    countTraces: (filter) => countTraces(list, filter),

    async traceLogs(traceId, event = null) {
      const params = { project, traceIds: [traceId], spanId: null, event, limit: logsOfTrace };
      const found = await store.rows(logRecords, params);
      return { logs: found.map(toLogRecord), total: found[0]?.total ?? 0 };
    },

    spansSaying: (traceId, piece) =>
      store.rows(spansSaying, { project, traceId, piece, limit: spansOfTrace }),

    async traceStructure(traceId) {
      // One more than is shown tells whether there are more.
      const read = await store.columns(traceStructure, { project, traceId, limit: spansOfTrace + 1 });
      const columns = await withEachSpanOnce(traceId, read);
      const rows = columns.span_id_hex.length;
      if (rows === 0) return null;
      const shown = rows > spansOfTrace ? rowsWhere(columns, (row) => row < spansOfTrace) : columns;
      const structure = buildStructure(traceId, shown, rows);
      if (rows <= spansOfTrace) {
        const { run, trial, scenario } = rehearsalOf(columns);
        const ids = { traceId, ...rehearsalIds(run, trial, scenario) };
        return { trace: summariseTrace(ids, spansOfStructure(structure)), structure };
      }
      const [trace] = await summariesOf(list, [traceId]);
      return trace ? { trace, structure: { ...structure, total: trace.spans } } : null;
    },

    chart: (request) => readChart({ store, project }, request),
    facet: (request) => readFacet({ store, project }, request),

    outcomes: (request) => readOutcomes({ store, project }, request),
    replyCurve: (request) => readReplyCurve({ store, project }, request),
    messages: (request) => readMessages({ store, project }, request),
    outcomeCosts: (request) => readCosts(loops, request),

    async span(traceId, spanId) {
      const [detail, logs] = await Promise.all([
        store.maybeOne(spanDetail, { project, traceId, spanId }),
        store.rows(logRecords, { project, traceIds: [traceId], spanId, event: null, limit: logsOfTrace }),
      ]);
      return detail === null ? null : detail(logs.map(toContentEvent));
    },
  };
}

function rowsWhere<Columns extends Record<string, unknown[]>>(
  columns: Columns,
  keep: (row: number) => boolean,
): Columns {
  const cut = Object.entries(columns).map(([name, values]) => [name, values.filter((_, row) => keep(row))]);
  return Object.fromEntries(cut) as Columns;
}

function placeBefore(before: PageRequest['before']): { micros: number | null; id: string } {
  return before === null ? { micros: null, id: '' } : decodeCursor(before);
}
