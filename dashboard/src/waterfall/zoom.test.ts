import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretchBetween, zoom } from './zoom.ts';

const whole = { start: 1000, duration: 1000 };
const span = (start: number, duration: number) => ({ start, duration });

describe('zoom', () => {
  it('comes closer to the selected span, else to the middle', () => {
    expect(zoom(whole, whole, 'w', null)).toEqual({ start: 1250, duration: 500 });
    expect(zoom(whole, whole, 'w', span(1000, 20))).toEqual({ start: 1000, duration: 500 });
    expect(zoom({ start: 1000, duration: 100 }, whole, 'w', span(1900, 20))).toEqual({
      start: 1025,
      duration: 50,
    });
  });

  it('goes back, pans, fits and resets, never beyond the trace', () => {
    const near = { start: 1400, duration: 100 };
    expect(zoom(near, whole, 's', null)).toEqual({ start: 1350, duration: 200 });
    expect(zoom(near, whole, 'a', null)).toEqual({ start: 1375, duration: 100 });
    expect(zoom({ start: 1890, duration: 100 }, whole, 'd', null)).toEqual({ start: 1900, duration: 100 });
    expect(zoom(whole, whole, 'f', span(1200, 200))).toEqual({ start: 1190, duration: 220 });
    expect(zoom(near, whole, '0', null)).toEqual(whole);
    expect(zoom(near, whole, 'f', null)).toBeNull();
    expect(zoom(near, whole, 'x', null)).toBeNull();
  });

  it('stays within the trace whatever is pressed', () => {
    const keys = fc.array(fc.constantFrom('w', 's', 'a', 'd', 'f', '0'), { maxLength: 40 });
    fc.assert(
      fc.property(keys, fc.nat(900), fc.nat(100), (pressed, at, length) => {
        const view = pressed.reduce(
          (seen, key) => zoom(seen, whole, key, span(1000 + at, length)) ?? seen,
          whole,
        );
        expect(view.start).toBeGreaterThanOrEqual(1000);
        expect(view.duration).toBeGreaterThanOrEqual(10);
        expect(view.start + view.duration).toBeLessThanOrEqual(2000 + 1e-6);
      }),
    );
  });
});

describe('stretchBetween', () => {
  it('reads a stretch drawn in either direction', () => {
    expect(stretchBetween(whole, 0.5, 0.75)).toEqual({ start: 1500, duration: 250 });
    expect(stretchBetween(whole, 0.75, 0.5)).toEqual({ start: 1500, duration: 250 });
    expect(stretchBetween(whole, 0.5, 0.5)).toEqual({ start: 1500, duration: 10 });
  });
});
