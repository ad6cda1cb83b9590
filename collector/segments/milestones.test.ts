import { describe, expect, it } from 'vitest';
import { milestones } from './milestones.ts';

describe('milestones', () => {
  it('let go who waits for no more than was reached', async () => {
    const counts = milestones();
    const order: number[] = [];
    const waits = [3, 1, 2].map((upTo) => counts.wait(upTo).then(() => order.push(upTo)));
    counts.reach(2);
    await Promise.all([waits[1], waits[2]]);
    expect([order, counts.isAwaited()]).toEqual([[1, 2], true]);
    counts.reach(1);
    counts.reach(3);
    await Promise.all(waits);
    await counts.wait(3);
    expect([order, counts.isAwaited()]).toEqual([[1, 2, 3], false]);
  });

  it('forget who has gone', async () => {
    const counts = milestones();
    const gone = new AbortController();
    const wait = counts.wait(1, gone.signal);
    gone.abort(new Error('gone'));
    await expect(wait).rejects.toThrow('gone');
    expect(counts.isAwaited()).toBe(false);
  });
});
