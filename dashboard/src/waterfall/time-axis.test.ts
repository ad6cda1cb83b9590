import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../../../domain/units.ts';
import { barOf, labelPlace, ticks, timeAxis } from './time-axis.ts';

const span = (start: number, duration: number) => ({ start: micros(start), duration: micros(duration) });
const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }))
  .map((pair) => span(...pair));

describe('timeAxis', () => {
  it('runs from the first start to the last end, whatever ends last', () => {
    expect(timeAxis([span(100, 900), span(50, 10), span(200, 100)])).toEqual({ start: 50, duration: 950 });
  });

  it('has a length without spans, and with spans of no length', () => {
    expect(timeAxis([])).toEqual({ start: 0, duration: 1 });
    expect(timeAxis([span(7, 0)])).toEqual({ start: 7, duration: 1 });
  });
});

describe('barOf', () => {
  it('gives shares of the axis', () => {
    expect(barOf(span(150, 50), { start: 100, duration: 200 })).toEqual({ left: 0.25, width: 0.25 });
  });

  it('keeps every bar inside its axis, also of spans that stick out', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1 }), anySpan, (spans, stray) => {
        const axis = timeAxis(spans);
        for (const { left, width } of [...spans, stray].map((one) => barOf(one, axis))) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(width).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

describe('labelPlace', () => {
  it.each([
    [{ left: 0, width: 0.5 }, 'after'],
    [{ left: 0.7, width: 0.3 }, 'before'],
    [{ left: 0, width: 1 }, 'inside'],
  ] as const)('of %j is %s', (bar, place) => {
    expect(labelPlace(bar)).toBe(place);
  });
});

describe('ticks', () => {
  it('are round, and as many as fit', () => {
    expect(ticks(1_000_000, 5)).toEqual([0, 500_000, 1_000_000]);
    expect(ticks(10_000_400, 6)).toEqual([0, 2e6, 4e6, 6e6, 8e6, 10e6]);
    expect(ticks(1, 6)).toEqual([0, 1]);
  });

  it('never pass the end, and are never more than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 2, max: 12 }), (duration, most) => {
        const found = ticks(duration, most);
        expect(found.length).toBeLessThanOrEqual(most);
        expect(found[0]).toBe(0);
        expect(found.at(-1)).toBeLessThanOrEqual(duration);
      }),
    );
  });
});
