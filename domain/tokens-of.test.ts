import { expect, it } from 'vitest';
import { tokensOf } from './tokens-of.ts';

it('sums the buckets that are known', () => {
  expect(tokensOf({ input: 10, cacheRead: 5, cacheWrite: null, output: 2, reasoning: 0 })).toBe(17);
});

it('does not take unknown for zero', () => {
  const unknown = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
  expect(tokensOf(unknown)).toBeNull();
  expect(tokensOf({ ...unknown, input: 0 })).toBe(0);
});
