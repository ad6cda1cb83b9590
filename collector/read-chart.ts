import type { ChartSeries, Facet, SpanChart } from '../domain/chart.ts';
import { latencyOfClass } from '../domain/latency-class.ts';
import { micros, type NanoUsd } from '../domain/units.ts';
import { HOUR, planHours } from './plan-hours.ts';
import { byParams, type SpanFilterParams } from './queries/hour-params.ts';
import { type ChartRow, spanChart } from './queries/span-chart.ts';
import { spanFacet } from './queries/span-facet.ts';
import type { ChartRequest, FacetRequest, SpanFilter, Window } from './reads.ts';
import type { Store } from './store/store.ts';

type ChartDeps = { store: Pick<Store, 'rows'>; project: string; graceSeconds?: number };

/** Steps times values: more is no chart. */
const mostPoints = 200_000;

/** Spans over time by a dimension. The window is widened to whole hours, or to whole steps where those are longer. */
export async function readChart(deps: ChartDeps, request: ChartRequest): Promise<SpanChart> {
  const step = request.step / 1e6;
  const unit = Math.max(step, HOUR);
  const from = Math.floor(request.from / 1e6 / unit) * unit;
  const to = Math.ceil(request.to / 1e6 / unit) * unit;
  const plan = await planHours(deps, { from, to }, step < HOUR);
  const rows = await deps.store.rows(spanChart, {
    ...plan,
    ...filterParams(request),
    ...byParams(request.by),
    from,
    step,
    limit: mostPoints,
  });
  const starts = Array.from({ length: (to - from) / step }, (_, place) =>
    micros((from + place * step) * 1e6),
  );
  const series = Map.groupBy(rows, ({ value }) => value);
  return {
    by: request.by,
    starts,
    step: request.step,
    series: [...series].map(([value, points]) => toSeries(value, points, starts.length)),
  };
}

/** The values of a dimension. The window is widened to whole hours. */
export async function readFacet(deps: ChartDeps, request: FacetRequest): Promise<Facet> {
  const plan = await planHours(deps, wholeHours(request), false);
  const rows = await deps.store.rows(spanFacet, {
    ...plan,
    ...filterParams(request),
    ...byParams(request.field),
    limit: request.limit,
  });
  return {
    field: request.field,
    values: rows.map(({ value, spans, errors }) => ({ value: value || null, spans, errors })),
    distinct: rows[0]?.distinct ?? 0,
  };
}

function wholeHours({ from, to }: Window): { from: number; to: number } {
  return { from: Math.floor(from / 1e6 / HOUR) * HOUR, to: Math.ceil(to / 1e6 / HOUR) * HOUR };
}

function filterParams(filter: SpanFilter): SpanFilterParams {
  return {
    status: filter.status ?? '',
    kind: filter.kind ?? '',
    service: filter.service ?? '',
    environment: filter.environment ?? '',
    agent: filter.agent ?? '',
    agentVersion: filter.agentVersion ?? '',
    provider: filter.provider ?? '',
    model: filter.model ?? '',
    tool: filter.tool ?? '',
  };
}

function toSeries(value: string, points: readonly ChartRow[], length: number): ChartSeries {
  const known = new Map(points.map((point) => [point.place, point]));
  const places = Array.from({ length }, (_, place) => known.get(place));
  const count = (of: (row: ChartRow) => number) => places.map((row) => (row ? of(row) : 0));
  const maybe = <T>(of: (row: ChartRow) => T | null) => places.map((row) => (row ? of(row) : null));
  const latency = (rank: number) =>
    maybe((row) => {
      const place = row.latencies[rank];
      return place === undefined ? null : micros(latencyOfClass(place));
    });
  return {
    value: value || null,
    spans: count((row) => row.span_count),
    errors: count((row) => row.errors),
    calls: count((row) => row.call_count),
    unpricedCalls: count((row) => row.unpriced),
    unmeteredCalls: count((row) => row.unmetered),
    cost: maybe<NanoUsd>((row) => row.sum_cost),
    usage: {
      input: maybe((row) => row.sum_input),
      cacheRead: maybe((row) => row.sum_cache_read),
      cacheWrite: maybe((row) => row.sum_cache_write),
      output: maybe((row) => row.sum_output),
      reasoning: maybe((row) => row.sum_reasoning),
    },
    p50: latency(0),
    p95: latency(1),
  };
}
