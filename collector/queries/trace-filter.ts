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
