import type { Limits } from '../../domain/scenario.ts';
import { type Micros, type NanoUsd, nanoUsd } from '../../domain/units.ts';
import { exceededLimit, type Used } from './trial-limits.ts';

/** Counts what a trial uses and cuts it short at its limits. */
export type TrialMeter = {
  readonly used: Readonly<Used>;
  /** Why the trial was cut short, once it was: from then on its world answers nothing. */
  readonly cutOff: string | null;
  /** Aborted when the trial is cut short. */
  readonly signal: AbortSignal;
  /** Cuts the trial short for a reason of the caller's; the first reason holds. */
  cut(reason: string): void;
  /** Whether one more call may be made; one too many cuts the trial short. */
  admit(call: 'model' | 'tool'): boolean;
  /** Adds a call of the model. `cost` is `null` where it is unpriced. */
  spend(tokens: number, cost: NanoUsd | null): void;
  /** Sets the time that passed on the world's clock. */
  passed(virtual: Micros): void;
};

export function createMeter(limits: Omit<Limits, 'wallSeconds'>): TrialMeter {
  const used: Used = { modelCalls: 0, toolCalls: 0, tokens: 0, cost: null, virtual: 0 as Micros };
  const stop = new AbortController();
  let cutOff: string | null = null;
  const cut = (reason: string | null) => {
    if (reason === null || cutOff !== null) return;
    cutOff = reason;
    stop.abort(new CutOff(reason));
  };
  return {
    used,
    get cutOff() {
      return cutOff;
    },
    signal: stop.signal,
    cut,
    admit(call) {
      if (cutOff !== null) return false;
      const key = call === 'model' ? 'modelCalls' : 'toolCalls';
      cut(exceededLimit(limits, { ...used, [key]: used[key] + 1 }));
      if (cutOff !== null) return false;
      used[key] += 1;
      return true;
    },
    spend(tokens, cost) {
      used.tokens += tokens;
      if (cost !== null) used.cost = nanoUsd((used.cost ?? 0) + cost);
      cut(exceededLimit(limits, used));
    },
    passed(virtual) {
      used.virtual = virtual;
      cut(exceededLimit(limits, used));
    },
  };
}

/** What the signal of a trial that was cut short is aborted with. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}
