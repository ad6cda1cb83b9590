import type { ErrorCode } from '../../domain/errors.ts';
import type { Trial } from '../../domain/trial.ts';
import type { CallResult } from './throttle.ts';
import type { TrialPlan } from './trial-plan.ts';

/** From the process that leads a run to one that plays its trials. `setup` is the caller's own, as JSON. */
export type ToWorker = { kind: 'open'; setup: unknown } | { kind: 'play'; plan: TrialPlan };

/** And back. */
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'trial'; trial: Trial }
  /** What a call of the model came to, during a trial. */
  | { kind: 'call'; id: string; result: CallResult }
  /** The worker cannot go on: the run ends with this. */
  | { kind: 'failed'; code: ErrorCode | null; message: string };
