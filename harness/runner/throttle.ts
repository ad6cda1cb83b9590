import PQueue from 'p-queue';
import type { ModelCall } from '../model/model-call.ts';
import { firstPace, nextPace, type PaceEvent } from './pace.ts';

/** Without the time: the throttle has the clock. */
type Told<Event> = Event extends { at: number } ? Omit<Event, 'at'> : never;

/** What a call of a model came to, as the throttle of its provider is told. */
export type CallResult = Told<PaceEvent>;

/** `null` for an answer from a recording: nobody was asked. */
export function callResult({ status, retryAfter, replayed }: ModelCall): CallResult | null {
  if (replayed) return null;
  if (status === 429) return { kind: 'refused', retryAfter: retryAfter ?? 0 };
  return { kind: status === null || status >= 500 ? 'failed' : 'answered' };
}

/** The trials of one provider of models, as many at a time as it bears. */
export type Throttle = {
  queue: PQueue;
  /** Tells what a call of the provider came to. */
  tell(result: CallResult): void;
  /** Ends a pause that is under way. */
  close(): void;
};

/** As many at a time as were asked for: a simulated model refuses nobody. */
export function fixedThrottle(concurrency: number): Throttle {
  return { queue: new PQueue({ concurrency }), tell() {}, close() {} };
}

/** Begins with 20 at a time and finds out what the provider bears, `ceiling` at most. */
export function adaptiveThrottle(ceiling: number, now: () => number): Throttle {
  let pace = firstPace(ceiling);
  let resume: NodeJS.Timeout | undefined;
  const queue = new PQueue({ concurrency: Math.floor(pace.limit) });
  const pause = () => {
    const rest = pace.pausedUntil - now();
    if (rest <= 0) return;
    queue.pause();
    clearTimeout(resume);
    resume = setTimeout(() => queue.start(), rest);
  };
  return {
    queue,
    tell(result) {
      pace = nextPace(pace, { ...result, at: now() });
      queue.concurrency = Math.floor(pace.limit);
      if (result.kind === 'refused') pause();
    },
    close() {
      clearTimeout(resume);
      queue.start();
    },
  };
}
