import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, microsOf, nanosOf, secondsOf } from './span-time.ts';

const halves = (nanos: bigint) => [Number(nanos >> 32n), Number(nanos & 0xffff_ffffn)] as const;

describe('the parts of a time', () => {
  it('are exact for every 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (nanos) => {
        expect(secondsOf(...halves(nanos))).toBe(Number(nanos / 1_000_000_000n));
        expect(nanosOf(...halves(nanos))).toBe(Number(nanos % 1_000_000_000n));
      }),
    );
  });

  it('are exact to the microsecond as long as a number can be', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: BigInt(Number.MAX_SAFE_INTEGER) * 1000n }), (nanos) => {
        expect(microsOf(...halves(nanos))).toBe(Number(nanos / 1000n));
      }),
    );
  });
});

describe('bucketOf', () => {
  it.each([
    ['2026-11-22T12:34:56Z', '2026-11-22T12:34:00Z'],
    ['2026-11-22T12:34:00Z', '2026-11-22T12:34:00Z'],
    ['1970-01-01T00:00:00Z', '2000-01-01T00:00:00Z'],
    ['1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z'],
    ['2099-12-31T23:59:59Z', '2099-12-31T23:59:00Z'],
    ['2262-04-11T23:47:16Z', '2099-12-31T23:59:00Z'],
  ])('puts a span of %s into %s', (time, bucket) => {
    expect(bucketOf(Date.parse(time) / 1000)).toBe(Date.parse(bucket) / 1000);
  });
});
