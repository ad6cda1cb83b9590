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
