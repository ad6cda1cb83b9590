import { type NanoUsd, nanoUsd } from '../../domain/units.ts';

/**
 * The money that trials may spend. A trial is let in when what it may cost is left beside what those in flight may cost;
 * when it ends, the reservation gives way to what it did cost.
 */
export type RunBudget = {
  readonly limit: NanoUsd;
  readonly spent: NanoUsd;
  /** For trials in flight. */
  readonly reserved: NanoUsd;
  readonly inFlight: number;
};

export type Admission =
  | { kind: 'admitted'; budget: RunBudget; reservation: NanoUsd }
  /** A trial in flight may leave enough. */
  | { kind: 'wait' }
  /** No trial in flight, and too little left. */
  | { kind: 'spent' };

export function openBudget(limit: NanoUsd, spent: NanoUsd): RunBudget {
  return { limit, spent, reserved: nanoUsd(0), inFlight: 0 };
}

/** What no trial has spent or reserved. */
export function left({ limit, spent, reserved }: RunBudget): NanoUsd {
  return nanoUsd(Math.max(0, limit - spent - reserved));
}

/**
 * Asks to start a trial.
 *
 * @param estimate what it may cost; `null` where nothing is known yet: it then runs alone, with all that is left
 */
export function admit(budget: RunBudget, estimate: NanoUsd | null): Admission {
  const free = left(budget);
  const reservation = estimate ?? free;
  const enough = free > 0 && reservation <= free && (estimate !== null || budget.inFlight === 0);
  if (!enough) return budget.inFlight > 0 ? { kind: 'wait' } : { kind: 'spent' };
  const reserved = nanoUsd(budget.reserved + reservation);
  return {
    kind: 'admitted',
    budget: { ...budget, reserved, inFlight: budget.inFlight + 1 },
    reservation,
  };
}

/** Ends a trial. `cost` is `null` where nobody knows it: the reservation is then taken for it, as it is never free. */
export function settle(budget: RunBudget, reservation: NanoUsd, cost: NanoUsd | null): RunBudget {
  return {
    limit: budget.limit,
    spent: nanoUsd(budget.spent + (cost ?? reservation)),
    reserved: nanoUsd(budget.reserved - reservation),
    inFlight: budget.inFlight - 1,
  };
}
