import type { ChildProcess } from 'node:child_process';
import { AppError } from '../../domain/errors.ts';
import type { TrialId } from '../../domain/ids.ts';
import type { Trial } from '../../domain/trial.ts';
import { micros } from '../../domain/units.ts';
import { scenarioDigest } from '../scenario/define-scenario.ts';
import type { Fixture } from '../world/service.ts';
import type { CallResult } from './throttle.ts';
import type { TrialPlan } from './trial-plan.ts';
import { voidTrial } from './void-trial.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Processes that play trials. Nothing but plans goes to them and nothing but trials comes back. */
export type WorkerPool = {
  /** Rejects when a worker cannot be opened, or with the signal's reason. */
  play(plan: TrialPlan, signal: AbortSignal, tell: (result: CallResult) => void): Promise<Trial>;
  close(): Promise<void>;
};

/** A trial that a worker has been given and not handed back. */
type Lease = {
  tell: (result: CallResult) => void;
  done(trial: Trial): void;
  fail(error: unknown): void;
  /** The worker ended without it. */
  lost(how: string): void;
};

type Worker = { child: ChildProcess; leases: Map<TrialId, Lease>; ended: Promise<void> };

/**
 * Starts `size` workers, each when it is first needed. A worker that dies is replaced; the trials that it had are played
 * again, each alone in a worker of its own, so that the one which kills its process takes no other along. That one is
 * void.
 *
 * @param spawn starts a process that runs `serveTrials`
 * @param setup what its `open` is given
 * @param fixtures of the pack, by which its scenarios are told apart
 */
export function openWorkerPool(options: {
  size: number;
  spawn(): ChildProcess;
  setup: unknown;
  fixtures: Readonly<Record<string, Fixture>>;
}): WorkerPool {
  const slots: (Worker | null)[] = Array.from({ length: options.size }, () => null);
  const all = new Set<Worker>();

  const start = (): Worker => {
    const child = options.spawn();
    const leases = new Map<TrialId, Lease>();
    const ended = new Promise<void>((resolve) => {
      const end = (how: string) => {
        all.delete(worker);
        const place = slots.indexOf(worker);
        if (place >= 0) slots[place] = null;
        for (const lease of leases.values()) lease.lost(how);
        resolve();
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
    });
    const worker = { child, leases, ended };
    child.on('message', (message: FromWorker) => hear(worker, message));
    send(worker, { kind: 'open', setup: options.setup });
    all.add(worker);
    return worker;
  };

  /** The worker with the fewest trials; one that is not there yet has none. */
  const leastLoaded = (): Worker => {
    const loads = slots.map((worker) => worker?.leases.size ?? 0);
    const place = loads.indexOf(Math.min(...loads));
    const worker = slots[place] ?? start();
    slots[place] = worker;
    return worker;
  };

  const lease = (worker: Worker, plan: TrialPlan, tell: Lease['tell'], signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<Trial | { lost: string }>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.leases.set(plan.id, { tell, done: resolve, fail: reject, lost: (how) => resolve({ lost: how }) });
    send(worker, { kind: 'play', plan });
    return promise.finally(() => {
      worker.leases.delete(plan.id);
      signal.removeEventListener('abort', onAbort);
    });
  };

  const playAlone = async (plan: TrialPlan, signal: AbortSignal, tell: Lease['tell']): Promise<Trial> => {
    const worker = start();
    try {
      const begun = micros(Date.now() * 1000);
      const played = await lease(worker, plan, tell, signal);
      if ('lost' in played) {
        const digest = scenarioDigest(plan.scenario, options.fixtures);
        const why = `the process that played it ended before it did (${played.lost})`;
        return voidTrial(plan, digest, begun, why);
      }
      return played;
    } finally {
      await end(worker);
    }
  };

  return {
    async play(plan, signal, tell) {
      signal.throwIfAborted();
      if (plan.attempt > 1) return playAlone(plan, signal, tell);
      const played = await lease(leastLoaded(), plan, tell, signal);
      return 'lost' in played ? playAlone(plan, signal, tell) : played;
    },
    async close() {
      await Promise.all([...all].map(end));
    },
  };
}

function hear({ leases }: Worker, message: FromWorker): void {
  switch (message.kind) {
    case 'ready':
      return;
    case 'trial':
      leases.get(message.trial.id)?.done(message.trial);
      return;
    case 'call':
      leases.get(message.id as TrialId)?.tell(message.result);
      return;
    case 'failed': {
      const { code, message: text } = message;
      const error = code === null ? new Error(text) : new AppError(code, text);
      for (const lease of leases.values()) lease.fail(error);
    }
  }
}

/** A worker that is gone does not hear: its end tells of the trials it had. */
function send({ child }: Pick<Worker, 'child'>, message: ToWorker): void {
  if (child.connected) child.send(message, () => {});
}

/** Workers hold nothing that needs care: what they know is in trials that came back, or is played again. */
async function end(worker: Worker): Promise<void> {
  worker.child.kill('SIGKILL');
  await worker.ended;
}
