import type { Json } from '../../../domain/json.ts';
import type { ChatMove } from '../simulated-model.ts';
import type { Observation } from './observations.ts';

/** A planted misbehaviour of the simulated SDR. */
export type SdrFault = 'loops' | 'resends';

/** All that a decision rests on. */
export type Situation = {
  seen: readonly Observation[];
  random: () => number;
  misbehaves(fault: SdrFault): boolean;
};

export type ToolUse = { tool: string; arguments: Record<string, Json> };

export function use(...calls: ToolUse[]): ChatMove {
  return { calls };
}

/** The last observation of a tool. */
export function latest(seen: readonly Observation[], tool: string): Observation | undefined {
  return seen.findLast((observation) => observation.tool === tool);
}

export function allOf(seen: readonly Observation[], tool: string): Observation[] {
  return seen.filter((observation) => observation.tool === tool);
}
