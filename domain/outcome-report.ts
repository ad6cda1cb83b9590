import type { CostRow, WastedCost } from './cost-row.ts';
import type { TraceId } from './ids.ts';
import type { EventShare } from './kaplan-meier.ts';
import type { OutcomeCohort, OutcomeSplit } from './outcome-cohort.ts';
import type { OutcomeDimension } from './outcome-type.ts';
import type { Micros, NanoUsd } from './units.ts';

/** Reply rates over a window of sending. Every figure of it is a sum over `cohorts`. */
export type OutcomeReport = {
  cohorts: OutcomeCohort[];
  overall: OutcomeSplit;
  /** One a value of `by`; without it there is none. */
  splits: OutcomeSplit[];
  /** What was told in the window of messages that nobody said were sent; it counts nowhere. */
  unattributed: { outcomes: number; replies: number };
  by: OutcomeDimension | null;
  /** How many days a message has for its reply. */
  days: number;
  step: Micros;
  /** The moment at which messages younger than the days were maturing. */
  asOf: Micros;
};

/** How replies come with time. */
export type ReplyCurve = {
  /** `time` in hours after sending. */
  shares: EventShare[];
  messages: number;
  replies: number;
  /** Hours to which messages were watched. */
  horizon: number;
};

/** What the work behind messages cost, of those that name their trace. */
export type CostPoint = {
  start: Micros;
  value: string | null;
  maturing: boolean;
  traces: number;
  messages: number;
  replied: number;
  positive: number;
  meetings: number;
  cost: NanoUsd;
  unpricedCalls: number;
  wasted: WastedCost;
};

/** A trace that cost something for nothing. */
export type WastefulTrace = { traceId: TraceId; wasted: WastedCost };

/** `points` and `rows` have the same sum of cost. */
export type OutcomeCosts = {
  points: CostPoint[];
  rows: CostRow[];
  /** The most wasteful first. */
  wasteful: WastefulTrace[];
  /** Traces that messages name; of more than can be read the newest. `missing`: named and not stored. */
  traces: { read: number; named: number; missing: number };
  /** Traces of which nobody knows whether they looped. */
  unjudged: number;
};
