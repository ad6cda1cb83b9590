import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes whoever waits. It is not remembered: a ring before the waiting began wakes nobody. */
export type Bell = {
  ring(): void;
  /** Until the next ring, or until so many milliseconds have passed. */
  wait(millis?: number): Promise<void>;
};

export function bell(): Bell {
  let next = Promise.withResolvers<void>();
  return {
    ring() {
      next.resolve();
      next = Promise.withResolvers<void>();
    },
    async wait(millis) {
      const rung = next.promise;
      if (millis === undefined) return rung;
      const timer = new AbortController();
      await Promise.race([rung, sleep(millis, null, { signal: timer.signal }).catch(() => {})]);
      timer.abort();
    },
  };
}
