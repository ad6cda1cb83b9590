import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import type { Dimension } from '../../domain/chart.ts';
import type { RunId, SpanId, TraceId, TrialId } from '../../domain/ids.ts';
import type { LogRecord } from '../../domain/log-record.ts';
import type { LoopReport } from '../../domain/loop.ts';
import type { Run } from '../../domain/run.ts';
import type { SavedView } from '../../domain/saved-view.ts';
import type { SpanDetail } from '../../domain/span.ts';
import type { TraceLoops } from '../../domain/trace-loops.ts';
import type { Trial } from '../../domain/trial.ts';
import { ApiError, api, body } from './api.ts';
import { CONTROL_EVENT } from './pages/trace/traced-commands.ts';
import { type Range, startOf, type TraceFilters, traceQueryOf } from './pages/traces/trace-filters.ts';

const runPollMillis = 2000;
const listPollMillis = 5000;
const tracePollMillis = 5000;
const typingMillis = 250;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        // A refusal stays a refusal; only an answer that did not come is asked for again.
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && error.code === 'STORE_UNAVAILABLE',
      },
    },
  });
}

export function runsQuery(before: string | null) {
  return queryOptions({
    queryKey: ['runs', before],
    queryFn: ({ signal }) =>
      body(api.runs.$get({ query: before === null ? {} : { before } }, { init: { signal } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.end === null) ? listPollMillis : false,
  });
}

/** Polls while the run has not ended. */
export function runQuery(runId: RunId) {
  return queryOptions({
    queryKey: ['run', runId],
    queryFn: ({ signal }) =>
      body(api.runs[':runId'].$get({ param: { runId: encodeURIComponent(runId) } }, { init: { signal } })),
    refetchInterval: ({ state }) => (state.data && state.data.run.end === null ? runPollMillis : false),
  });
}

export function trialQuery(trialId: TrialId) {
  return queryOptions({
    queryKey: ['trial', trialId],
    queryFn: async ({ signal }) => {
      const param = { trialId: encodeURIComponent(trialId) };
      const answer = await body(api.trials[':trialId'].$get({ param }, { init: { signal } }));
      return answer as { trial: Trial; run: Run }; // Hono does not spell out the recursive type Json.
    },
  });
}

export function tracesQuery(filters: TraceFilters) {
  return queryOptions({
    queryKey: ['traces', filters],
    queryFn: ({ signal }) =>
      body(api.traces.$get({ query: traceQueryOf(filters, Date.now()) }, { init: { signal } })),
    placeholderData: keepPreviousData,
  });
}

/** How many traces the filters leave, over all pages; asked for beside the list, which does not wait for it. */
export function traceCountQuery({ before, ...filters }: TraceFilters) {
  return queryOptions({
    queryKey: ['trace count', filters],
    queryFn: ({ signal }) => {
      const query = traceQueryOf({ ...filters, before: null }, Date.now());
      return body(api.traces.count.$get({ query }, { init: { signal } }));
    },
  });
}

/** The API counts at most so far back, less a day. */
const facetDays = 399;

/** The values of a dimension in the time of the list, most frequent first. */
export function facetQuery(field: Dimension, range: Range, most: number) {
  return queryOptions({
    queryKey: ['facet', field, range, most],
    queryFn: ({ signal }) => {
      const from = Math.max(startOf(range, Date.now()), (Date.now() - facetDays * 86_400_000) * 1000);
      const query = { field, from: String(from), limit: String(most) };
      return body(api.facets.$get({ query }, { init: { signal } }));
    },
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
}

/** The views that were saved of a page. */
export function viewsQuery(page: SavedView['page']) {
  return queryOptions({
    queryKey: ['views', page],
    queryFn: ({ signal }) => body(api.views[':page'].$get({ param: { page } }, { init: { signal } })),
    staleTime: 30_000,
  });
}

/** Polls while the root has not arrived: the trace is still being written. */
export function traceQuery(traceId: TraceId) {
  return queryOptions({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) =>
      body(
        api.traces[':traceId'].$get(
          { param: { traceId: encodeURIComponent(traceId) } },
          { init: { signal } },
        ),
      ),
    refetchInterval: ({ state }) => (state.data && !state.data.trace.rootReceived ? tracePollMillis : false),
  });
}

/** What looped in a trace; the answer to a trace that is still being written is asked for again with it. */
export function traceLoopsQuery(traceId: TraceId, spans: number) {
  return queryOptions({
    queryKey: ['trace-loops', traceId, spans],
    queryFn: async ({ signal }) => {
      const param = { traceId: encodeURIComponent(traceId) };
      const answer = await body(api.traces[':traceId'].loops.$get({ param }, { init: { signal } }));
      return answer as { loops: TraceLoops; report: LoopReport | null }; // As for a trial.
    },
    placeholderData: keepPreviousData,
  });
}

/** What was asked of the agent while it worked; the answer to a trace that is still being written is asked for again with it. */
export function traceCommandsQuery(traceId: TraceId, spans: number) {
  return queryOptions({
    queryKey: ['trace-commands', traceId, spans],
    queryFn: async ({ signal }) => {
      const param = { traceId: encodeURIComponent(traceId) };
      const query = { event: CONTROL_EVENT };
      const answer = await body(api.traces[':traceId'].logs.$get({ param, query }, { init: { signal } }));
      return answer as { logs: LogRecord[] }; // As for a trial.
    },
    placeholderData: keepPreviousData,
  });
}

/** The spans in whose text a piece stands; nothing is asked for an empty one. */
export function traceSearchQuery(traceId: TraceId, piece: string) {
  return queryOptions({
    queryKey: ['trace-search', traceId, piece],
    queryFn: async ({ signal }) => {
      await settledTyping(signal);
      const param = { traceId: encodeURIComponent(traceId) };
      return body(api.traces[':traceId'].search.$get({ param, query: { q: piece } }, { init: { signal } }));
    },
    enabled: piece !== '',
    staleTime: 30_000,
  });
}

/** The notes of people on the spans of a trace. */
export function pinsQuery(traceId: TraceId) {
  return queryOptions({
    queryKey: ['pins', traceId],
    queryFn: ({ signal }) =>
      body(
        api.pins[':traceId'].$get({ param: { traceId: encodeURIComponent(traceId) } }, { init: { signal } }),
      ),
    staleTime: 10_000,
  });
}

/** A word that is still being typed is not asked for: the query is dropped when the next letter comes. */
function settledTyping(signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, typingMillis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });
}

export function spanQuery(traceId: TraceId, spanId: SpanId) {
  return queryOptions({
    queryKey: ['span', traceId, spanId],
    queryFn: async ({ signal }) => {
      const param = { traceId: encodeURIComponent(traceId), spanId: encodeURIComponent(spanId) };
      const answer = await body(
        api.traces[':traceId'].spans[':spanId'].$get({ param }, { init: { signal } }),
      );
      return answer as { span: SpanDetail }; // As for a trial.
    },
    // A finished span never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}
