import { AppError } from '../../domain/errors.ts';
import type { Trial } from '../../domain/trial.ts';
import { describeThrown } from './describe-thrown.ts';
import type { CallResult } from './throttle.ts';
import type { TrialPlan } from './trial-plan.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** What a worker plays trials with, once it is open. */
export type Play = (
  plan: TrialPlan,
  signal: AbortSignal,
  tell: (result: CallResult) => void,
) => Promise<Trial>;

/**
 * Makes this process a worker: it plays the trials that its parent sends until it is ended. It ends itself when the
 * parent is gone.
 *
 * @param open makes ready what trials need, from the `setup` of the pool
 */
export function serveTrials(open: (setup: unknown) => Promise<Play>): void {
  const signal = new AbortController().signal;
  let play: Promise<Play> | null = null;
  const tellParent = (message: FromWorker) => void process.send?.(message);
  const orFail = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const code = error instanceof AppError ? error.code : null;
      tellParent({
        kind: 'failed',
        code,
        message: error instanceof AppError ? error.message : describeThrown(error),
      });
    }
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'open') {
      play = open(message.setup);
      void orFail(async () => {
        await play;
        tellParent({ kind: 'ready' });
      });
      return;
    }
    const { plan } = message;
    void orFail(async () => {
      const ready = await play;
      if (!ready) throw new Error('expected to be opened before the first trial');
      const tell = (result: CallResult) => tellParent({ kind: 'call', id: plan.id, result });
      tellParent({ kind: 'trial', trial: await ready(plan, signal, tell) });
    });
  });
}
