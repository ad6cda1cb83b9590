import type { Dimension, Facet, SpanChart } from '../domain/chart.ts';
import type { RunId, SpanId, TraceId, TrialId } from '../domain/ids.ts';
import type { LogRecord } from '../domain/log-record.ts';
import type { Run, RunSummary } from '../domain/run.ts';
import type { SpanDetail } from '../domain/span.ts';
import type { SpanKind } from '../domain/span-kind.ts';
import type { TraceSummary } from '../domain/trace.ts';
import type { TraceStructure } from '../domain/trace-structure.ts';
import type { Trial, TrialSummary } from '../domain/trial.ts';
import type { Micros, NanoUsd } from '../domain/units.ts';

/** One page of a list, newest first. `next` is the cursor of the page after it; `null` on the last. */
export type Page<T> = { items: T[]; next: string | null };

export type PageRequest = { limit: number; before: string | null };

/** From `from` to before `to`, since the epoch. */
export type Window = { from: Micros; to: Micros };

/**
 * Every list of traces has a window, in which the traces start; the other filters narrow it, each to traces that have
 * such a span. `null` does not filter.
 */
export type TraceFilter = PageRequest &
  Window & {
    /** `error` where any span failed. */
    status: 'ok' | 'error' | null;
    kind: SpanKind | null;
    service: string | null;
    environment: string | null;
    agent: string | null;
    agentVersion: string | null;
    model: string | null;
    tool: string | null;
    session: string | null;
    user: string | null;
    runId: RunId | null;
    minCost: NanoUsd | null;
    maxCost: NanoUsd | null;
    minDuration: Micros | null;
    maxDuration: Micros | null;
  };

/** `searched` is the part of the window that was looked at: the traces in it that pass the filter are all here. */
export type TracePage = Page<TraceSummary> & { searched: Window };

/** What charts and facets are narrowed by; `null` does not filter. */
export type SpanFilter = Record<Dimension, string | null>;

/** `step` in microseconds: from a minute; below an hour for windows of a day at most. */
export type ChartRequest = Window & SpanFilter & { by: Dimension; step: Micros };

export type FacetRequest = Window & SpanFilter & { field: Dimension; limit: number };

/** How many spans of a trial have arrived, and whether its root is among them. */
export type TrialProgress = { spans: number; rootReceived: boolean };

/** What the API reads. One implementation, over ClickHouse; `null` where there is no such thing. */
export type Reads = {
  runs(request: PageRequest): Promise<Page<RunSummary>>;
  run(runId: RunId): Promise<{ run: RunSummary; trials: TrialSummary[] } | null>;
  trial(trialId: TrialId): Promise<{ trial: Trial; run: Run } | null>;
  trialProgress(trialId: TrialId): Promise<TrialProgress>;
  trialSpans(trialId: TrialId): Promise<SpanDetail[]>;
  traces(filter: TraceFilter): Promise<TracePage>;
  /** A trace with its spans as columns, by start time; of a very large one the first spans. */
  traceStructure(traceId: TraceId): Promise<{ trace: TraceSummary; structure: TraceStructure } | null>;
  chart(request: ChartRequest): Promise<SpanChart>;
  facet(request: FacetRequest): Promise<Facet>;
  /** Log records by time; `total` says how many there are when only the first `logs.length` are given. */
  traceLogs(traceId: TraceId): Promise<{ logs: LogRecord[]; total: number }>;
  span(traceId: TraceId, spanId: SpanId): Promise<SpanDetail | null>;
};

/** What the harness stores through the API. Storing the same thing again changes nothing. */
export type Writes = {
  putRun(run: Run): Promise<void>;
  putTrials(trials: readonly Trial[]): Promise<void>;
};
