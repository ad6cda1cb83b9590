import type { Dimension, Facet, SpanChart } from '../domain/chart.ts';
import type { RunId, SpanId, TraceId, TrialId } from '../domain/ids.ts';
import type { LogRecord } from '../domain/log-record.ts';
import type { LoopReport } from '../domain/loop.ts';
import type { OutcomeCosts, OutcomeReport, ReplyCurve } from '../domain/outcome-report.ts';
import type { OutcomeDimension } from '../domain/outcome-type.ts';
import type { Run, RunSummary } from '../domain/run.ts';
import type { MessageStage, SentMessage } from '../domain/sent-message.ts';
import type { SpanDetail } from '../domain/span.ts';
import type { SpanKind } from '../domain/span-kind.ts';
import type { TraceSummary } from '../domain/trace.ts';
import type { TraceLoops } from '../domain/trace-loops.ts';
import type { TraceStructure } from '../domain/trace-structure.ts';
import type { Trial, TrialSummary } from '../domain/trial.ts';
import type { Micros, NanoUsd } from '../domain/units.ts';
import type { JudgedTrace } from './queries/loop-states.ts';

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
    /** Words and quoted phrases that stand together in one place of the trace's text. */
    search: string | null;
  };

/** `searched` is the part of the window that was looked at: the traces in it that pass the filter are all here. */
export type TracePage = Page<TraceSummary> & { searched: Window };

/** `yes`: traces that looped, or were ended by a limit of steps. */
export type ListFilter = TraceFilter & { loops: 'yes' | null };

/** A trace in a list, with what is known of its loops. */
export type ListedTrace = TraceSummary & { loops: TraceLoops };

export type ListedPage = Page<ListedTrace> & { searched: Window };

/** What the loop detector found in a trace; `report` is `null` where the trace could not be judged. */
export type TraceLoopReport = { loops: TraceLoops; report: LoopReport | null };

/** How many traces a list holds over all its pages; not `exact`: at least so many. */
export type TraceTotal = { count: number; exact: boolean };

/** What charts and facets are narrowed by; `null` does not filter. */
export type SpanFilter = Record<Dimension, string | null>;

/** `step` in microseconds: from a minute; below an hour for windows of a day at most. */
export type ChartRequest = Window & SpanFilter & { by: Dimension; step: Micros };

export type FacetRequest = Window & SpanFilter & { field: Dimension; limit: number };

/** Messages that were sent in the window. */
export type OutcomeFilter = Window & {
  /** How many days after it was sent a message may be answered. */
  days: number;
  /** What is younger than the days then is maturing. */
  asOf: Micros;
  /** `null` does not filter. */
  where: Record<OutcomeDimension, string | null>;
};

/** `step`: a day, or a week from Monday. */
export type OutcomeRequest = OutcomeFilter & { by: OutcomeDimension | null; step: Micros };

/** `horizon`: hours for which a message is watched. */
export type ReplyCurveRequest = OutcomeFilter & { base: 'sent' | 'delivered'; horizon: number };

/** With `value`, messages that have it in the dimension `by`; '' are those of which nobody said. */
export type MessageRequest = OutcomeFilter & {
  by: OutcomeDimension | null;
  value: string | null;
  stage: MessageStage;
  maturity: 'mature' | 'maturing' | null;
  limit: number;
};

/** Traces that are looked at for loops. */
export type LoopFilter = Window & { agent: string | null };

/** Some traces of a window with what was found in them, `null` where they could not be judged. All down to `from` are told. */
export type LoopBatch = { traces: { trace: TraceSummary; judged: JudgedTrace | null }[]; from: Micros };

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
  /** As `traces`, with their loops. */
  tracesWithLoops(filter: ListFilter): Promise<ListedPage>;
  /** Those of these traces that are stored, newest first. */
  namedTraces(traceIds: readonly TraceId[]): Promise<ListedTrace[]>;
  traceLoops(traceId: TraceId): Promise<TraceLoopReport | null>;
  /** The traces of a window, newest first, each with what was found in it: a batch at a time, for as long as it is read. */
  eachLoops(filter: LoopFilter): AsyncIterable<LoopBatch>;
  /** Whatever the page. */
  countTraces(filter: TraceFilter): Promise<TraceTotal>;
  /** Log records by time; `total` says how many there are when only the first `logs.length` are given. */
  traceLogs(traceId: TraceId, event?: string | null): Promise<{ logs: LogRecord[]; total: number }>;
  /** The spans in whose text a piece stands, in any case; in no order. */
  spansSaying(traceId: TraceId, piece: string): Promise<SpanId[]>;
  /** A trace with its spans as columns, by start time; of a very large one the first spans. */
  traceStructure(traceId: TraceId): Promise<{ trace: TraceSummary; structure: TraceStructure } | null>;
  chart(request: ChartRequest): Promise<SpanChart>;
  facet(request: FacetRequest): Promise<Facet>;
  span(traceId: TraceId, spanId: SpanId): Promise<SpanDetail | null>;
  outcomes(request: OutcomeRequest): Promise<OutcomeReport>;
  replyCurve(request: ReplyCurveRequest): Promise<ReplyCurve>;
  messages(request: MessageRequest): Promise<{ messages: SentMessage[]; total: number }>;
  outcomeCosts(request: OutcomeRequest): Promise<OutcomeCosts>;
};

/** What the harness stores through the API. Storing the same thing again changes nothing. */
export type Writes = {
  putRun(run: Run): Promise<void>;
  putTrials(trials: readonly Trial[]): Promise<void>;
};
