/** Waiting for a count to come so far. */
export type Milestones = {
  /** @throws the reason of `signal` once it is aborted. */
  wait(upTo: number, signal?: AbortSignal): Promise<void>;
  reach(count: number): void;
  /** Whether anybody waits. */
  isAwaited(): boolean;
};

export function milestones(): Milestones {
  let reached = 0;
  const waiting = new Map<() => void, number>();
  return {
    wait(upTo, signal) {
      if (upTo <= reached) return Promise.resolve();
      if (signal?.aborted) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(goOn);
          reject(signal?.reason);
        };
        const goOn = () => {
          signal?.removeEventListener('abort', giveUp);
          waiting.delete(goOn);
          resolve();
        };
        waiting.set(goOn, upTo);
        signal?.addEventListener('abort', giveUp);
      });
    },
    reach(count) {
      reached = Math.max(reached, count);
      for (const [goOn, upTo] of [...waiting]) if (upTo <= reached) goOn();
    },
    isAwaited: () => waiting.size > 0,
  };
}
