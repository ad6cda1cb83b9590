import { describe, expect, it } from 'vitest';
import { backoffMillis } from './backoff.ts';
import { slowDownMillis } from './pressure.ts';

describe('the pressure of a full log', () => {
  it.each([
    [0, 0],
    [50, 0],
    [75, 500],
    [100, 1000],
    [130, 1000],
  ])('at %d of 100 bytes lets a writer wait %d ms', (used, millis) => {
    expect(slowDownMillis(used, 100)).toBe(millis);
  });
});

describe('the pause after failures', () => {
  it('doubles up to five seconds', () => {
    expect([1, 2, 3, 6, 7, 1000].map(backoffMillis)).toEqual([100, 200, 400, 3200, 5000, 5000]);
  });
});
