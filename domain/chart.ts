import type { Micros, NanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

/** What charts and facets tell spans apart by. Plain data: the dashboard bundles it without zod. */
export const DIMENSIONS = [
  'model',
  'provider',
  'agent',
  'agentVersion',
  'service',
  'environment',
  'tool',
  'kind',
  'status',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * Spans over time. Entry `i` of each list is of the step that begins at `starts[i]`. Tokens and cost are those of the
 * model calls that count (see `countedCalls`).
 */
export type SpanChart = {
  by: Dimension;
  /** Microseconds since the epoch. */
  starts: Micros[];
  /** Microseconds. */
  step: Micros;
  series: ChartSeries[];
};

export type ChartSeries = {
  /** `null`: the emitter did not say. */
  value: string | null;
  spans: number[];
  errors: number[];
  calls: number[];
  /** Calls whose model has no price: the cost leaves them out. */
  unpricedCalls: number[];
  /** Calls whose usage nobody told: the tokens leave them out. */
  unmeteredCalls: number[];
  /** `null` where no call is priced. */
  cost: (NanoUsd | null)[];
  /** `null` where no call tells. */
  usage: Record<keyof Usage, (number | null)[]>;
  /** Of the spans, within LATENCY_ERROR; `null` without spans. */
  p50: (Micros | null)[];
  p95: (Micros | null)[];
};

/** The values of a dimension, those of most spans first. `distinct` is how many there are in all. */
export type Facet = {
  field: Dimension;
  values: { value: string | null; spans: number; errors: number }[];
  distinct: number;
};
