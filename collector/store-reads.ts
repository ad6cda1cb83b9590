import { decodeCursor, toPage } from './cursor.ts';
import { toContentEvent, toLogRecord } from './logs/to-log-record.ts';
import { logRecords } from './queries/log-records.ts';
import { runPage } from './queries/run-page.ts';
import { runTrials } from './queries/run-trials.ts';
import { spanDetail } from './queries/span-detail.ts';
import { tracePage } from './queries/trace-page.ts';
import { traceSpans } from './queries/trace-spans.ts';
import { traceSummaries } from './queries/trace-summaries.ts';
import { trialPayloads } from './queries/trial-payloads.ts';
import { trialProgress } from './queries/trial-progress.ts';
import { trialRecord } from './queries/trial-record.ts';
import { trialSpans } from './queries/trial-spans.ts';
import type { PageRequest, Reads } from './reads.ts';
import type { Store } from './store/store.ts';

/** A trace shows its first spans; `total` says how many there are. */
const spansOfTrace = 50_000;
const logsOfTrace = 1000;
const logsOfTrial = 10_000;
const spansOfTrial = 10_000;
const trialsOfRun = 50_000;

/** What the API reads, out of ClickHouse. */
export function storeReads(store: Store, project: string): Reads {
  const oneRun = (runId: string) =>
    store.maybeOne(runPage, { project, runId, limit: 1, beforeMicros: null, beforeRunId: '' });

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
        store.rows(logRecords, { project, traceIds, spanId: null, limit: logsOfTrial }),
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

    async traces({ limit, before, ...filter }) {
      const { micros, id } = placeBefore(before);
      const rows = await store.rows(tracePage, {
        project,
        ...filter,
        beforeMicros: micros,
        beforeTraceId: id,
        limit: limit + 1,
      });
      const { items, next } = toPage(rows, limit, (row) => ({ micros: row.first, id: row.traceId }));
      if (items.length === 0) return { items: [], next };
      const found = await store.rows(traceSummaries, { project, traceIds: items.map((row) => row.traceId) });
      const summaries = new Map(found.map((summary) => [summary.traceId, summary]));
      return { items: items.flatMap((row) => summaries.get(row.traceId) ?? []), next };
    },

    async trace(traceId) {
      const [trace, spans] = await Promise.all([
        store.maybeOne(traceSummaries, { project, traceIds: [traceId] }),
        store.rows(traceSpans, { project, traceId, limit: spansOfTrace }),
      ]);
      return trace && { trace, spans, total: Math.max(trace.spans, spans.length) };
    },

    async traceLogs(traceId) {
      const traceIds = [traceId];
      const found = await store.rows(logRecords, { project, traceIds, spanId: null, limit: logsOfTrace });
      return { logs: found.map(toLogRecord), total: found[0]?.total ?? 0 };
    },

    async span(traceId, spanId) {
      const [detail, logs] = await Promise.all([
        store.maybeOne(spanDetail, { project, traceId, spanId }),
        store.rows(logRecords, { project, traceIds: [traceId], spanId, limit: logsOfTrace }),
      ]);
      return detail === null ? null : detail(logs.map(toContentEvent));
    },
  };
}

function placeBefore(before: PageRequest['before']): { micros: number | null; id: string } {
  return before === null ? { micros: null, id: '' } : decodeCursor(before);
}
