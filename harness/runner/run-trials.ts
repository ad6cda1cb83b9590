import PQueue from 'p-queue';
import type { TrialId } from '../../domain/ids.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import type { Pack } from '../pack.ts';
import { openFeedback } from '../user/feedback.ts';
import { watchStrayErrors } from './agent-scope.ts';
import { checkPack } from './check-pack.ts';
import { runTrial, type TrialDeps } from './run-trial.ts';
import { planTrials } from './trial-plan.ts';

type Optional = 'clock' | 'environment' | 'flushMillis' | 'speaker';

export type RunTrialsOptions = Omit<TrialDeps, Optional | 'feedback'> &
  Partial<Pick<TrialDeps, Optional>> & {
    pack: Pack;
    scenarios: readonly Scenario[];
    trialsPerScenario: number;
    /** Trials at a time. It changes how long a run takes and nothing else. */
    concurrency: number;
    /** Trials that a results file holds already: they are not run again. */
    done?: ReadonlySet<TrialId>;
    signal: AbortSignal;
    /** Called with each trial as it ends; the run waits for what it returns. */
    onTrial(trial: Trial): void | Promise<void>;
  };

/** How the trials of this call ended. */
export type Tally = { passed: number; failed: number; voided: number; skipped: number };

/**
 * Runs all trials of a run and hands each over as it ends; none is kept. `checkPack` comes before the first trial.
 * Rejects with FIXTURE_UNKNOWN, with what `onTrial` throws, or with the signal's reason; trials in flight are then lost,
 * finished ones have been handed over.
 */
export async function runTrials(options: RunTrialsOptions): Promise<Tally> {
  const { run, pack, scenarios, done } = options;
  checkPack({ ...pack, scenarios });
  const someoneSpeaks = scenarios.some(({ user }) => user.kind !== 'silent');
  const deps: TrialDeps = {
    clock: () => micros(Date.now() * 1000),
    environment: {},
    flushMillis: 10_000,
    speaker: null,
    ...options,
    feedback: someoneSpeaks ? await openFeedback() : null,
  };
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const queue = new PQueue({ concurrency: options.concurrency });
  const tally: Tally = { passed: 0, failed: 0, voided: 0, skipped: 0 };
  const plans = planTrials(run, scenarios, options.trialsPerScenario);

  const runOne = async (plan: (typeof plans)[number]) => {
    signal.throwIfAborted();
    const trial = await runTrial(deps, plan, signal);
    tally[COUNTED_AS[trial.outcome.kind]] += 1;
    await options.onTrial(trial);
  };
  const missing = plans.filter((plan) => !done?.has(plan.id));
  tally.skipped = plans.length - missing.length;
  const unwatch = watchStrayErrors();
  try {
    await Promise.all(missing.map((plan) => queue.add(() => runOne(plan))));
  } catch (error) {
    // The others would only work for nobody.
    queue.clear();
    failure.abort(error);
    throw error;
  } finally {
    unwatch();
    await deps.feedback?.close();
  }
  return tally;
}

const COUNTED_AS = { passed: 'passed', failed: 'failed', void: 'voided' } as const;
