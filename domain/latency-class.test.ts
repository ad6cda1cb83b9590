import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LATENCY_ERROR, latencyClass, latencyOfClass } from './latency-class.ts';

it('tells a latency again within the stated error, and a microsecond of rounding', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), (latency) => {
      const told = latencyOfClass(latencyClass(latency));
      expect(Math.abs(told - latency)).toBeLessThanOrEqual(latency * LATENCY_ERROR * (1 + 1e-9) + 1);
    }),
  );
});

it('keeps the order of latencies', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      expect(latencyClass(Math.min(a, b))).toBeLessThanOrEqual(latencyClass(Math.max(a, b)));
    }),
  );
});

it('takes what is no latency as the shortest one', () => {
  expect([0, -5, 0.5].map(latencyClass)).toEqual([0, 0, 0]);
});
