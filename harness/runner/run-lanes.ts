import type { RunId, TrialId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { type Micros, type NanoUsd, nanoUsd } from '../../domain/units.ts';
import { admit, type RunBudget, settle } from './run-budget.ts';
import type { CallResult, Throttle } from './throttle.ts';
import { nextAttempt, planTrials, type TrialCounts, type TrialPlan } from './trial-plan.ts';

/** One run of those that take turns. */
export type Lane = {
  run: Run;
  /** Trials that a results file holds already: they are not run again. */
  done: ReadonlySet<TrialId>;
  /** What the dearest of them cost; `null` where nothing is known. */
  dearest: NanoUsd | null;
  /** Shared by the lanes that ask the same provider of models. */
  throttle: Throttle;
  /** Runs a trial, here or elsewhere. `tell` hears what each call of the model came to. */
  play(plan: TrialPlan, signal: AbortSignal, tell: (result: CallResult) => void): Promise<Trial>;
};

export type RunLanesOptions = {
  lanes: readonly Lane[];
  scenarios: readonly Scenario[];
  trialsPerScenario: TrialCounts;
  /** What all lanes together may spend; `null` for no limit. */
  budget: RunBudget | null;
  /** When the last trial may start; `null` for no limit. */
  until: Micros | null;
  /** The wall clock. */
  clock(): Micros;
  signal: AbortSignal;
  /** Called when a trial starts; not when it is run again. */
  onStart?(plan: TrialPlan): void;
  /** Called with each trial as it ends; the run waits for what it returns. */
  onTrial(trial: Trial): void | Promise<void>;
};

/** How the trials of this call ended. */
export type Tally = { passed: number; failed: number; voided: number; skipped: number };

export type LanesEnd = {
  tallies: ReadonlyMap<RunId, Tally>;
  /** Why trials were left out, where some were. */
  stopped: { why: 'budget' | 'time'; notStarted: number; spent: NanoUsd | null } | null;
};

/** A void is run so often at most. */
const mostAttempts = 3;

/**
 * Runs the trials of all lanes in turn and hands each over as it ends; none is kept. A trial that says nothing of the
 * agent is run again with its seed, twice at most. Once the money or the time is spent no trial is started, and those in
 * flight end. Rejects with what `play` or `onTrial` throws, or with the signal's reason; trials in flight are then lost,
 * finished ones have been handed over.
 */
export async function runLanes(options: RunLanesOptions): Promise<LanesEnd> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const lanes = new Map(options.lanes.map((lane) => [lane.run.id, lane]));
  const dearest = new Map(options.lanes.map((lane) => [lane.run.id, lane.dearest]));
  const tallies = new Map(
    [...lanes.keys()].map((id) => [id, { passed: 0, failed: 0, voided: 0, skipped: 0 }]),
  );
  const inFlight = new Set<Promise<void>>();
  let budget = options.budget;
  const left: { out: LanesEnd['stopped'] } = { out: null };
  let freed = Promise.withResolvers<void>();

  const leaveOut = (why: 'budget' | 'time') => {
    left.out ??= { why, notStarted: 0, spent: null };
    left.out.notStarted += 1;
  };

  const end = async (lane: Lane, trial: Trial, reservation: NanoUsd, earlier: NanoUsd | null) => {
    const cost = sum(earlier, trial.figures.cost);
    if (budget) budget = settle(budget, reservation, cost);
    const id = lane.run.id;
    dearest.set(id, nanoUsd(Math.max(cost ?? 0, dearest.get(id) ?? 0)) || null);
    freed.resolve();
    freed = Promise.withResolvers();
    const tally = tallies.get(id);
    if (tally) tally[COUNTED_AS[trial.outcome.kind]] += 1;
    await options.onTrial(trial);
  };

  const start = (lane: Lane, plan: TrialPlan, reservation: NanoUsd, earlier: NanoUsd | null) => {
    const { queue, tell } = lane.throttle;
    const work = queue.add(
      async () => {
        signal.throwIfAborted();
        if (plan.attempt === 1) options.onStart?.(plan);
        const trial = await lane.play(plan, signal, tell);
        if (isWorthAnother(trial) && plan.attempt < mostAttempts)
          start(lane, nextAttempt(plan), reservation, sum(earlier, trial.figures.cost));
        else await end(lane, trial, reservation, earlier);
      },
      // A trial that was begun is ended before others are.
      { priority: plan.attempt - 1 },
    );
    const tracked = work
      .catch((error: unknown) => failure.abort(error))
      .finally(() => void inFlight.delete(tracked));
    inFlight.add(tracked);
  };

  /** What is put by for the trial, or `null` where it must not start. */
  const admitted = async (lane: Lane, plan: TrialPlan): Promise<NanoUsd | null> => {
    while (budget) {
      const { usd } = plan.scenario.limits;
      const estimate = usd === undefined ? (dearest.get(lane.run.id) ?? null) : nanoUsd(usd * 1e9);
      const admission = admit(budget, estimate);
      if (admission.kind === 'spent') return null;
      if (admission.kind === 'admitted') {
        budget = admission.budget;
        return admission.reservation;
      }
      await orAborted(freed.promise, signal);
    }
    return nanoUsd(0);
  };

  const feed = async () => {
    for (const plan of planTrials(
      options.lanes.map(({ run }) => run),
      options.scenarios,
      options.trialsPerScenario,
    )) {
      const lane = lanes.get(plan.runId);
      if (!lane) continue;
      if (lane.done.has(plan.id)) {
        const tally = tallies.get(plan.runId);
        if (tally) tally.skipped += 1;
        continue;
      }
      if (left.out !== null) {
        leaveOut(left.out.why);
        continue;
      }
      await orAborted(lane.throttle.queue.onSizeLessThan(1), signal);
      if (options.until !== null && options.clock() >= options.until) {
        leaveOut('time');
        continue;
      }
      const reservation = await admitted(lane, plan);
      if (reservation === null) leaveOut('budget');
      else start(lane, plan, reservation, null);
    }
  };

  try {
    await feed();
    while (inFlight.size > 0) await orAborted(Promise.race(inFlight), signal);
    signal.throwIfAborted();
  } catch (error) {
    // The others would only work for nobody.
    failure.abort(error);
    for (const { throttle } of options.lanes) throttle.queue.clear();
    throw signal.reason;
  } finally {
    for (const { throttle } of options.lanes) throttle.close();
  }
  return { tallies, stopped: left.out && { ...left.out, spent: budget?.spent ?? null } };
}

const COUNTED_AS = { passed: 'passed', failed: 'failed', void: 'voided' } as const;

/** A scorer that threw would throw again: it sees the same record. */
function isWorthAnother({ outcome }: Trial): boolean {
  return outcome.kind === 'void' && outcome.cause !== 'scorer';
}

function sum(a: NanoUsd | null, b: NanoUsd | null): NanoUsd | null {
  return a === null && b === null ? null : nanoUsd((a ?? 0) + (b ?? 0));
}

/** Waits for `work`, or rejects with the signal's reason. */
async function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
