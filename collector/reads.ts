import type { RunId, SpanId, TraceId, TrialId } from '../domain/ids.ts';
import type { LogRecord } from '../domain/log-record.ts';
import type { Run, RunSummary } from '../domain/run.ts';
import type { Span, SpanDetail } from '../domain/span.ts';
import type { TraceSummary } from '../domain/trace.ts';
import type { Trial, TrialSummary } from '../domain/trial.ts';
import type { Micros } from '../domain/units.ts';

/** One page of a list, newest first. `next` is the cursor of the page after it; `null` on the last. */
export type Page<T> = { items: T[]; next: string | null };

export type PageRequest = { limit: number; before: string | null };

/** Every list of traces has a window; the other filters narrow it. `null` does not filter. */
export type TraceFilter = PageRequest & {
  from: Micros;
  to: Micros;
  status: 'ok' | 'error' | null;
  service: string | null;
  agent: string | null;
  model: string | null;
  runId: RunId | null;
};

/** How many spans of a trial have arrived, and whether its root is among them. */
export type TrialProgress = { spans: number; rootReceived: boolean };

/** What the API reads. One implementation, over ClickHouse; `null` where there is no such thing. */
export type Reads = {
  runs(request: PageRequest): Promise<Page<RunSummary>>;
  run(runId: RunId): Promise<{ run: RunSummary; trials: TrialSummary[] } | null>;
  trial(trialId: TrialId): Promise<{ trial: Trial; run: Run } | null>;
  trialProgress(trialId: TrialId): Promise<TrialProgress>;
  trialSpans(trialId: TrialId): Promise<SpanDetail[]>;
  traces(filter: TraceFilter): Promise<Page<TraceSummary>>;
  /** Spans by start time; `total` says how many there are when only the first `spans.length` are given. */
  trace(traceId: TraceId): Promise<{ trace: TraceSummary; spans: Span[]; total: number } | null>;
  /** Log records by time; `total` says how many there are when only the first `logs.length` are given. */
  traceLogs(traceId: TraceId): Promise<{ logs: LogRecord[]; total: number }>;
  span(traceId: TraceId, spanId: SpanId): Promise<SpanDetail | null>;
};

/** What the harness stores through the API. Storing the same thing again changes nothing. */
export type Writes = {
  putRun(run: Run): Promise<void>;
  putTrials(trials: readonly Trial[]): Promise<void>;
};
