/** What a list of traces is narrowed by, as parameters of its queries: an empty text and a zero do not filter. */
export type TraceFilterParams = {
  status: string;
  kind: string;
  service: string;
  environment: string;
  agent: string;
  agentVersion: string;
  model: string;
  tool: string;
  session: string;
  user: string;
  runId: string;
  minCost: number;
  maxCost: number;
  minDuration: number;
  maxDuration: number;
};

export const NO_FILTER: TraceFilterParams = {
  status: '',
  kind: '',
  service: '',
  environment: '',
  agent: '',
  agentVersion: '',
  model: '',
  tool: '',
  session: '',
  user: '',
  runId: '',
  minCost: 0,
  maxCost: 0,
  minDuration: 0,
  maxDuration: 0,
};

/** Which traces a search may find; see `searchParams`. */
export type SearchParams = {
  /** Without a search the others are empty. */
  searched: boolean;
  /** What the index is asked for, in these hours (seconds since the epoch), of each the build beside it. */
  words: readonly string[];
  wordHours: readonly number[];
  wordBuilds: readonly number[];
  /** What was found in the text of other hours. */
  textTraces: readonly string[];
};

export const NO_SEARCH: SearchParams = {
  searched: false,
  words: [],
  wordHours: [],
  wordBuilds: [],
  textTraces: [],
};
