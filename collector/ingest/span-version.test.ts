import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionHigh, versionLow } from './span-version.ts';

function versionOf(endMicros: number, details: number): bigint {
  const [high, low] = [versionHigh(endMicros), versionLow(endMicros, details)];
  expect(Math.max(high, low)).toBeLessThan(2 ** 32);
  return (BigInt(high) << 32n) + BigInt(low);
}

describe('the version of a span', () => {
  const micros = fc.nat({ max: 2 ** 52 - 1 });
  const details = fc.nat({ max: 5000 });

  it('is higher for the delivery that ended last, then for the one that says more', () => {
    fc.assert(
      fc.property(micros, details, details, (end, few, many) => {
        if (end > 0) expect(versionOf(end, few)).toBeGreaterThan(versionOf(end - 1, many));
        const [less, more] = [Math.min(few, many, 4095), Math.min(Math.max(few, many), 4095)];
        expect(versionOf(end, more) - versionOf(end, less)).toBe(BigInt(more - less));
      }),
    );
  });

  it('stays within its 64 bits for any clock', () => {
    expect(versionOf(Number.MAX_SAFE_INTEGER, 1e9)).toBe(2n ** 64n - 1n);
  });
});
