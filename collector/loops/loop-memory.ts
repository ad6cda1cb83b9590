import type { TraceId } from '../../domain/ids.ts';
import type { JudgedTrace, LoopState } from '../queries/loop-states.ts';

/** Traces that were judged lately: a list that is drawn again does not read them again. */
export type LoopMemory = {
  /** What was found in these very rows. */
  recall(state: LoopState): JudgedTrace | null;
  keep(state: LoopState, judged: JudgedTrace): void;
};

/** Holds the last `most` traces that were judged. */
export function loopMemory(most: number): LoopMemory {
  const held = new Map<TraceId, { state: string; judged: JudgedTrace }>();
  return {
    recall({ traceId, state }) {
      const found = held.get(traceId);
      return found?.state === state ? found.judged : null;
    },
    keep({ traceId, state }, judged) {
      held.delete(traceId);
      held.set(traceId, { state, judged });
      const [oldest] = held.keys();
      if (held.size > most && oldest !== undefined) held.delete(oldest);
    },
  };
}
