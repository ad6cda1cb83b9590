import type { TraceFilter } from './reads.ts';

/** All traces of a window, fifty a page. */
export const NO_TRACE_FILTER: Omit<TraceFilter, 'from' | 'to'> = {
  limit: 50,
  before: null,
  status: null,
  kind: null,
  service: null,
  environment: null,
  agent: null,
  agentVersion: null,
  model: null,
  tool: null,
  session: null,
  user: null,
  runId: null,
  minCost: null,
  maxCost: null,
  minDuration: null,
  maxDuration: null,
  search: null,
};
