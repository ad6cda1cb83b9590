import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Borrowed, bufferPool } from './buffer-pool.ts';

describe('a pool of buffers', () => {
  it('gives the same memory again, and never to two at a time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(70_000), fc.constant('give back' as const)), { maxLength: 60 }),
        (steps) => {
          const pool = bufferPool(200_000);
          const taken: { borrowed: Borrowed; mark: number }[] = [];
          for (const [mark, step] of steps.entries()) {
            if (step === 'give back') taken.shift()?.borrowed.giveBack();
            else {
              const borrowed = pool.take(step);
              expect(borrowed.bytes).toHaveLength(step);
              borrowed.bytes.fill(mark);
              taken.push({ borrowed, mark });
            }
            expect(pool.idleBytes()).toBeLessThanOrEqual(200_000);
            for (const one of taken) {
              expect(one.borrowed.bytes.every((byte) => byte === one.mark)).toBe(true);
            }
          }
        },
      ),
    );
    const pool = bufferPool(1 << 20);
    const first = pool.take(5000);
    first.giveBack();
    expect(pool.idleBytes()).toBe(8192);
    expect(pool.take(6000).bytes.buffer).toBe(first.bytes.buffer);
    expect(pool.take(6000).bytes.buffer).not.toBe(first.bytes.buffer);
  });

  it('forgets what it may not keep', () => {
    const pool = bufferPool(10_000);
    const [one, two] = [pool.take(8000), pool.take(8000)];
    one.giveBack();
    two.giveBack();
    expect(pool.idleBytes()).toBe(8192);
  });
});
