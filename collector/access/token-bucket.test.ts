import { describe, expect, it } from 'vitest';
import { createLimits } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('lets ten seconds of its rate through at once, and then the rate', () => {
    const bucket = new TokenBucket({ rate: 2, burst: 20 }, 0);
    const passed = (now: number) => {
      let count = 0;
      while (bucket.take(1, now) === 0) count++;
      return count;
    };
    expect([passed(0), passed(0), passed(1000), passed(100_000)]).toEqual([20, 0, 2, 20]);
  });

  it('says how long to wait for a debt', () => {
    const bucket = new TokenBucket({ rate: 100, burst: 1000 }, 0);
    expect(bucket.take(1500, 0)).toBe(0);
    expect(bucket.take(1, 0)).toBe(5);
    expect(bucket.take(1, 5001)).toBe(0);
  });
});

describe('limits', () => {
  it('are those of a key, in requests and in bytes, and of nobody else', () => {
    const { take: count } = createLimits(() => 0);
    const key = (id: string) => ({ kind: 'key', id, limits: { requests: 1, bytes: 1000 } }) as const;
    for (let i = 0; i < 10; i++) count(key('a'), 10);
    expect(() => count(key('a'), 10)).toThrow('key a: expected at most 1 requests and 1000 bytes a second');
    count(key('b'), 20_000);
    expect(() => count(key('b'), 1)).toThrow('wait 10 s');
    for (let i = 0; i < 100; i++) count({ kind: 'anyone' }, 1e9);
  });

  it('have the next request wait for bytes that were not announced', () => {
    let now = 0;
    const limits = createLimits(() => now);
    const key = { kind: 'key', id: 'c', limits: { requests: null, bytes: 100 } } as const;
    limits.take(key, 0);
    limits.charge(key, 600);
    limits.charge(key, 600);
    expect(() => limits.take(key, 0)).toThrow('wait 3 s');
    now = 3000;
    limits.take(key, 0);
  });
});
