import type { Dimension } from '../../domain/chart.ts';

/** Where the figures of hours come from, in seconds since the epoch: see `planHours`. */
export type HourParams = {
  project: string;
  /** Hours that are rebuilt, with the build to read of each. */
  hours: readonly number[];
  builds: readonly number[];
  /** Hours whose spans are read. */
  liveHours: readonly number[];
  /** Of those: see `enclosingCalls`. */
  enclosing: readonly string[];
};

/** What charts and facets are narrowed by; an empty text does not filter. */
export type SpanFilterParams = {
  status: string;
  kind: string;
  service: string;
  environment: string;
  agent: string;
  agentVersion: string;
  provider: string;
  model: string;
  tool: string;
};

/** `by` is one of `SPAN_COLUMNS`: columns that are not asked for are not read. */
export type ByParams = {
  by: string;
  /** Leaves out spans without a value. */
  named: boolean;
};

/** The column of each dimension in `span_hours`. */
const SPAN_COLUMNS: Record<Dimension, string> = {
  model: 'model',
  provider: 'provider',
  agent: 'agent',
  agentVersion: 'agent_version',
  service: 'service',
  environment: 'environment',
  tool: 'tool',
  kind: 'kind',
  status: 'status',
};
/** Dimensions of some kinds of spans alone: the others have no part in them. */
const PARTIAL: readonly Dimension[] = ['model', 'provider', 'tool'];

export function byParams(dimension: Dimension): ByParams {
  return { by: SPAN_COLUMNS[dimension], named: PARTIAL.includes(dimension) };
}
