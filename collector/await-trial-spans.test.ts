import { describe, expect, it } from 'vitest';
import { awaitTrialSpans } from './await-trial-spans.ts';
import type { TrialProgress } from './reads.ts';

/** Looks that go through `states` and stay at the last. */
function lookingAt(states: readonly TrialProgress[]) {
  let looks = 0;
  const look = async () => states[Math.min(looks++, states.length - 1)] ?? { spans: 0, rootReceived: false };
  return { look, looks: () => looks };
}

/** A clock that gains a second at each reading. */
function clock() {
  let seconds = 0;
  return () => seconds++ * 1000;
}

const settled = async () => {};
const never = new AbortController().signal;
const progress = (spans: number, rootReceived: boolean): TrialProgress => ({ spans, rootReceived });

describe('waiting for the spans of a trial', () => {
  it('ends once the root is there and nothing came since', async () => {
    const { look, looks } = lookingAt([progress(1, false), progress(3, true), progress(4, true)]);
    expect(await awaitTrialSpans(look, { waitMillis: 60_000, settled, now: clock(), signal: never })).toBe(
      true,
    );
    expect(looks()).toBe(4);
  });

  it('gives up at the deadline while the root is missing', async () => {
    const { look, looks } = lookingAt([progress(2, false)]);
    expect(await awaitTrialSpans(look, { waitMillis: 2000, settled, now: clock(), signal: never })).toBe(
      false,
    );
    expect(looks()).toBe(3);
  });

  it('looks twice even where it may not wait', async () => {
    const { look, looks } = lookingAt([progress(2, true)]);
    expect(await awaitTrialSpans(look, { waitMillis: 0, settled, now: clock(), signal: never })).toBe(true);
    expect(looks()).toBe(2);
  });

  it('lets what was acknowledged become visible before each look', async () => {
    const order: string[] = [];
    const look = async () => {
      order.push('look');
      return progress(1, true);
    };
    const options = { waitMillis: 60_000, now: clock(), signal: never };
    await awaitTrialSpans(look, {
      ...options,
      settled: async () => {
        order.push('settled');
      },
    });
    expect(order).toEqual(['settled', 'look', 'settled', 'look']);
  });

  it('looks all the same where it never becomes visible', async () => {
    const { look } = lookingAt([progress(2, true)]);
    const stuck = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    expect(await awaitTrialSpans(look, { waitMillis: 20, settled: stuck, now: () => 0, signal: never })).toBe(
      true,
    );
  });

  it('stops when whoever asked has gone', async () => {
    const gone = new AbortController();
    const { look } = lookingAt([progress(0, false)]);
    const waiting = awaitTrialSpans(look, { waitMillis: 60_000, settled, now: clock(), signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow();
  });
});
