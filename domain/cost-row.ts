import type { NanoUsd } from './units.ts';

/** What the cost of model calls is told apart by. Plain data: the dashboard bundles it without zod. */
export const COST_DIMENSIONS = ['model', 'role', 'tool', 'agent', 'agentVersion'] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** Model calls that are alike in every dimension. */
export type CostRow = Record<CostDimension, string | null> & {
  calls: number;
  /** Of the priced calls. */
  cost: NanoUsd;
  unpricedCalls: number;
};

/** Money that bought nothing, each part of it once: of a trace that failed, in loops, in calls that failed and were made again. */
export type WastedCost = { failures: NanoUsd; loops: NanoUsd; retries: NanoUsd };
