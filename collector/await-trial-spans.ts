import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialProgress } from './reads.ts';

/** Exporters that send the spans of one trial, a process each, are this far apart at most. */
const quietMillis = 100;

/**
 * Looks at a trial until its root has arrived and nothing more comes for a tenth of a second, or until `waitMillis`
 * have passed; it looks twice in any case. Whether it came to rest is the answer.
 *
 * @throws the reason of `signal` once it is aborted, and what `look` throws.
 */
export async function awaitTrialSpans(
  look: () => Promise<TrialProgress>,
  { waitMillis, now, signal }: { waitMillis: number; now: () => number; signal: AbortSignal },
): Promise<boolean> {
  const deadline = now() + waitMillis;
  let before = await look();
  for (;;) {
    await sleep(quietMillis, undefined, { signal });
    const seen = await look();
    if (seen.rootReceived && seen.spans === before.spans) return true;
    if (now() >= deadline) return false;
    before = seen;
  }
}
