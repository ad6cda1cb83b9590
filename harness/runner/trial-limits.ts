import { formatCost, formatCount, formatDuration } from '../../domain/format.ts';
import type { Limits } from '../../domain/scenario.ts';
import { type Micros, type NanoUsd, nanoUsd } from '../../domain/units.ts';

/** What a trial has used so far. */
export type Used = {
  modelCalls: number;
  /** Calls of the world's services, and of hosts that it does not have. */
  toolCalls: number;
  tokens: number;
  /** `null` where the model is unpriced. */
  cost: NanoUsd | null;
  /** Passed on the world's clock. */
  virtual: Micros;
};

type Limited = Omit<Limits, 'wallSeconds'>;

/**
 * The first limit that is exceeded, with its figure, or `null`. What comes in calls is exceeded by the call that is one
 * too many, which is not made; what comes in amounts, by the amount.
 */
export function exceededLimit(limits: Limited, used: Used): string | null {
  if (used.modelCalls > limits.modelCalls) return reached(`${formatCount(limits.modelCalls)} model calls`);
  if (used.toolCalls > limits.toolCalls) return reached(`${formatCount(limits.toolCalls)} tool calls`);
  if (limits.tokens !== undefined && used.tokens > limits.tokens) {
    return `${reached(`${formatCount(limits.tokens)} tokens`)} (${formatCount(used.tokens)} used)`;
  }
  if (limits.usd !== undefined && used.cost !== null && used.cost > limits.usd * 1e9) {
    return `${reached(formatCost(nanoUsd(limits.usd * 1e9)))} (${formatCost(used.cost)} spent)`;
  }
  if (limits.virtualSeconds !== undefined && used.virtual > limits.virtualSeconds * 1e6) {
    return `${reached(`${limits.virtualSeconds} s on the world's clock`)} (${formatDuration(used.virtual)} passed)`;
  }
  return null;
}

function reached(what: string): string {
  return `the limit of ${what} was reached`;
}
