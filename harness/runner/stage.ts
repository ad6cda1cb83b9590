import { AppError } from '../../domain/errors.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import { openFeedback } from '../user/feedback.ts';
import { watchStrayErrors } from './agent-scope.ts';
import { runTrial, type TrialDeps } from './run-trial.ts';
import { type CallResult, callResult } from './throttle.ts';
import type { TrialPlan } from './trial-plan.ts';

/** Plays the trials of one run in this process. */
export type Stage = {
  /** `tell` hears what each call of the model came to. */
  play(plan: TrialPlan, signal: AbortSignal, tell?: (result: CallResult) => void): Promise<Trial>;
  close(): Promise<void>;
};

type Defaulted = 'clock' | 'environment' | 'flushMillis' | 'graceMillis' | 'priceOf' | 'userModel';

/** `TrialDeps` as a caller gives it: what has a default may be left out. */
export type StageInput = Omit<TrialDeps, Defaulted | 'feedback'> & Partial<Pick<TrialDeps, Defaulted>>;

/** By default: the wall clock, no prices, 10 s for spans to leave and 1 s for an agent to end. */
export async function openStage(input: StageInput, scenarios: readonly Scenario[]): Promise<Stage> {
  const played = scenarios.find(({ user }) => user.kind === 'model');
  if (played && !input.userModel) {
    throw new AppError(
      'UNKNOWN_MODEL',
      `${played.id}: expected a model that plays its user, named by REHEARSE_USER_MODEL, got none`,
    );
  }
  const someoneSpeaks = scenarios.some(({ user }) => user.kind !== 'silent');
  const deps: TrialDeps = {
    clock: () => micros(Date.now() * 1000),
    environment: {},
    flushMillis: 10_000,
    graceMillis: 1000,
    priceOf: () => null,
    userModel: null,
    ...input,
    feedback: someoneSpeaks ? await openFeedback() : null,
  };
  const unwatch = watchStrayErrors();
  return {
    play: (plan, signal, tell) =>
      runTrial(deps, plan, signal, (call) => {
        const result = callResult(call);
        if (result) tell?.(result);
      }),
    async close() {
      unwatch();
      await deps.feedback?.close();
    },
  };
}
