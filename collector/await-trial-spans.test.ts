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

const never = new AbortController().signal;
const progress = (spans: number, rootReceived: boolean): TrialProgress => ({ spans, rootReceived });

describe('waiting for the spans of a trial', () => {
  it('ends once the root is there and nothing came since', async () => {
    const { look, looks } = lookingAt([progress(1, false), progress(3, true), progress(4, true)]);
    expect(await awaitTrialSpans(look, { waitMillis: 60_000, now: clock(), signal: never })).toBe(true);
    expect(looks()).toBe(4);
  });

  it('gives up at the deadline while the root is missing', async () => {
    const { look, looks } = lookingAt([progress(2, false)]);
    expect(await awaitTrialSpans(look, { waitMillis: 2000, now: clock(), signal: never })).toBe(false);
    expect(looks()).toBe(3);
  });

  it('looks twice even where it may not wait', async () => {
    const { look, looks } = lookingAt([progress(2, true)]);
    expect(await awaitTrialSpans(look, { waitMillis: 0, now: clock(), signal: never })).toBe(true);
    expect(looks()).toBe(2);
  });

  it('stops when whoever asked has gone', async () => {
    const gone = new AbortController();
    const { look } = lookingAt([progress(0, false)]);
    const waiting = awaitTrialSpans(look, { waitMillis: 60_000, now: clock(), signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow();
  });
});
