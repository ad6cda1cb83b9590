import type { WorldCall } from './effect.ts';
import { type FirstDifference, firstDifference } from './first-difference.ts';
import type { Json } from './json.ts';
import { madeCalls } from './made-calls.ts';

type Call = Pick<
  WorldCall,
  'service' | 'operation' | 'request' | 'response' | 'status' | 'redeliveryOf' | 'principal'
>;

/**
 * Where two trials of one scenario part: at a call that asks for another thing (`asked`), or gets another answer
 * (`answered`), or that one of them makes no more (`ended`).
 */
export type Divergence = {
  /** Among the agent's calls, from 0. */
  place: number;
  by: 'asked' | 'answered' | 'ended';
  /** `null` of an end. Its path is within `service`, `operation`, `request`, or within `status`, `response`. */
  difference: FirstDifference | null;
};

/** The calls that the agent made, in order: not what the network delivers again, nor what others do. */
export function agentCalls<C extends Call>(calls: readonly C[]): C[] {
  return madeCalls(calls).filter(({ principal }) => principal === 'agent');
}

/** The first call at which two trials are not the same; `null` where all are. Both are of `agentCalls`. */
export function firstDivergence(left: readonly Call[], right: readonly Call[]): Divergence | null {
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const a = left[place];
    const b = right[place];
    if (!a || !b) return { place, by: 'ended', difference: null };
    const asked = firstDifference(question(a), question(b));
    if (asked) return { place, by: 'asked', difference: asked };
    const answered = firstDifference(answer(a), answer(b));
    if (answered) return { place, by: 'answered', difference: answered };
  }
  return null;
}

function question({ service, operation, request }: Call): Json {
  return { service, operation, request };
}

function answer({ status, response }: Call): Json {
  return { status, response };
}
