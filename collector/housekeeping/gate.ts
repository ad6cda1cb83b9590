/** Lets passes of work through side by side, and nobody while somebody holds it. */
export type Gate = {
  /** Waits while the gate is held. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for the passes under way, and lets none begin before it has ended. */
  hold<T>(work: () => Promise<T>): Promise<T>;
};

export function openGate(): Gate {
  const passing = new Set<Promise<unknown>>();
  let held: Promise<unknown> | null = null;
  return {
    async pass(work) {
      while (held !== null) await held;
      const pass = work();
      const ended = pass.catch(() => {});
      passing.add(ended);
      await ended;
      passing.delete(ended);
      return pass;
    },
    async hold(work) {
      while (held !== null) await held;
      const holding = Promise.all(passing).then(work);
      held = holding
        .catch(() => {})
        .then(() => {
          held = null;
        });
      return holding;
    },
  };
}
