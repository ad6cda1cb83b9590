import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialProgress } from './reads.ts';

/** Exporters that send the spans of one trial, a process each, are this far apart at most. */
const quietMillis = 100;

type Waiting = {
  waitMillis: number;
  /** Resolves when what was acknowledged can be seen. */
  settled: (signal: AbortSignal) => Promise<void>;
  now: () => number;
  signal: AbortSignal;
};

/**
 * Looks at a trial until its root has arrived and nothing more comes for a tenth of a second, or until `waitMillis`
 * have passed; it looks twice in any case. Before each look, what was acknowledged gets the time to become visible.
 * Whether the trial came to rest is the answer.
 *
 * @throws the reason of `signal` once it is aborted, and what `look` throws.
 */
export async function awaitTrialSpans(
  look: () => Promise<TrialProgress>,
  { waitMillis, settled, now, signal }: Waiting,
): Promise<boolean> {
  const deadline = now() + waitMillis;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMillis)]);
  const settleAndLook = async () => {
    if (!patience.aborted) {
      await settled(patience).catch((error: unknown) => {
        if (signal.aborted || !patience.aborted) throw error;
      });
    }
    return look();
  };
  let before = await settleAndLook();
  for (;;) {
    await sleep(quietMillis, undefined, { signal });
    const seen = await settleAndLook();
    if (seen.rootReceived && seen.spans === before.spans) return true;
    if (now() >= deadline) return false;
    before = seen;
  }
}
