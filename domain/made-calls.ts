import type { WorldCall } from './effect.ts';

/** The calls that somebody made: what the network delivers a second time is nobody's. */
export function madeCalls<Call extends Pick<WorldCall, 'redeliveryOf'>>(calls: readonly Call[]): Call[] {
  return calls.filter(({ redeliveryOf }) => redeliveryOf === null);
}
