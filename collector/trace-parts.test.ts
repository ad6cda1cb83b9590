import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../domain/units.ts';
import { HOUR } from './plan-hours.ts';
import type { HourState } from './queries/hour-states.ts';
import { hourOf, partsOf } from './trace-parts.ts';

const first = 1_795_305_600;
const states = fc
  .uniqueArray(
    fc.record({
      hour: fc.nat(30).map((place) => first + place * HOUR),
      build: fc.option(fc.constant(7)),
      traces: fc.nat(50),
    }),
    { selector: ({ hour }) => hour },
  )
  .map((some): HourState[] => some.toSorted((a, b) => a.hour - b.hour));
const edge = fc.integer({ min: -HOUR, max: 32 * HOUR }).map((seconds) => micros((first + seconds) * 1e6));
const pace = fc.record({
  micros: fc.integer({ min: 60e6, max: 9e9 }),
  traces: fc.integer({ min: 1, max: 200 }),
});

describe('the parts of a window', () => {
  it('hold every instant of its hours once, the newest first, each read in the way of its hour', () => {
    fc.assert(
      fc.property(states, edge, edge, pace, fc.nat(), (hours, a, b, steps, instant) => {
        const window = { from: micros(Math.min(a, b)), to: micros(Math.max(a, b) + 1) };
        const parts = [...partsOf(hours, window, steps)];
        for (const [place, part] of parts.entries()) {
          expect(part.from).toBeLessThan(part.to);
          expect(part.to).toBeLessThanOrEqual(parts[place - 1]?.from ?? window.to);
          expect(part.from).toBeGreaterThanOrEqual(window.from);
        }
        const at = window.from + (instant % (window.to - window.from));
        const state = hours.find(({ hour }) => hour === hourOf(at));
        const holding = parts.filter(({ from, to }) => at >= from && at < to);
        if (!state) return;
        expect(holding.map(({ kind }) => kind)).toEqual([state.build === null ? 'live' : 'built']);
        const [part] = holding;
        if (part?.kind === 'built') expect(part.hours).toContainEqual(state);
      }),
    );
  });

  it('hold as many traces as the pace allows, or one hour', () => {
    fc.assert(
      fc.property(states, pace, (hours, steps) => {
        const window = { from: micros(0), to: micros((first + 40 * HOUR) * 1e6) };
        for (const part of partsOf(hours, window, steps)) {
          if (part.kind === 'live') {
            expect(part.to - part.from).toBeLessThanOrEqual(steps.micros);
            continue;
          }
          const own = part.hours.filter(({ hour }) => hour * 1e6 < part.to);
          const held = own.reduce((sum, { traces }) => sum + traces, 0);
          expect(own.length === 1 || held <= steps.traces).toBe(true);
        }
      }),
    );
  });

  it('reach to the ends of time for spans whose clocks are off', () => {
    const hours = [946_684_800, 4_102_441_200].map((hour) => ({ hour, build: 1, traces: 1 }));
    const window = { from: micros(0), to: micros(Number.MAX_SAFE_INTEGER) };
    const parts = [...partsOf(hours, window, { micros: 1, traces: 10 })];
    expect([parts[0]?.to, parts.at(-1)?.from]).toEqual([Number.MAX_SAFE_INTEGER, 0]);
  });
});
