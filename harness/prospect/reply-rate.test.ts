import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../../domain/units.ts';
import { PROSPECT_PARAMETERS as parameters } from './prospect-parameters.ts';
import { optOutRate, replyRate } from './reply-rate.ts';
import { FIRST_STANDING, type Standing, type Touch } from './touch.ts';

const wednesday = micros(Date.parse('2026-03-04T10:00:00Z') * 1000);
const reference: Touch = { at: wednesday, relevance: 0.5, trueClaims: 0, falseClaims: 0, words: 90 };
const hours = (count: number) => micros(wednesday + count * 3_600_000_000);

const touches = fc.record({
  at: fc.integer({ min: 0, max: 400 }).map(hours),
  relevance: fc.double({ min: 0, max: 1, noNaN: true }),
  trueClaims: fc.nat(6),
  falseClaims: fc.nat(6),
  words: fc.integer({ min: 1, max: 2000 }),
});
const standings = fc.record({
  earlier: fc.nat(8),
  lastAt: fc.option(fc.constant(wednesday)),
  optedOut: fc.constant(false),
  utcOffset: fc.integer({ min: -11, max: 12 }),
});

function rate(touch: Partial<Touch>, standing: Partial<Standing> = {}): number {
  return replyRate({ ...reference, ...touch }, { ...FIRST_STANDING, ...standing }, parameters);
}

describe('replyRate', () => {
  it('is the human rate for the message of reference', () => {
    expect(rate({})).toBeCloseTo(0.02, 10);
  });

  it('changes by the factors that the parameters name', () => {
    expect(rate({ relevance: 1 }) / rate({ relevance: 0 })).toBeCloseTo(4);
    expect(rate({ trueClaims: 3 })).toBeCloseTo(0.02 * 1.1 ** 3);
    expect(rate({ trueClaims: 9 })).toBe(rate({ trueClaims: 3 }));
    expect(rate({ falseClaims: 2 })).toBeCloseTo(0.02 * 0.36);
    expect(rate({ words: 180 })).toBeCloseTo(0.02 * 0.85);
    expect(rate({ words: 45 })).toBeCloseTo(0.02 * 0.85);
    expect(rate({ at: hours(72) })).toBeCloseTo(0.02 * 0.6);
    expect(rate({ at: hours(10) })).toBeCloseTo(0.02 * 0.85);
    expect(rate({ at: hours(10) }, { utcOffset: -6 })).toBeCloseTo(0.02);
    expect(rate({ at: hours(144) }, { earlier: 1, lastAt: wednesday })).toBeCloseTo(0.02 * 0.7);
    expect(rate({ at: hours(24) }, { earlier: 1, lastAt: wednesday })).toBeCloseTo(0.02 * 0.35);
  });

  it('is a probability, never raised by a false claim nor lowered by relevance', () => {
    fc.assert(
      fc.property(touches, standings, (touch, standing) => {
        const own = replyRate(touch, standing, parameters);
        expect(own).toBeGreaterThanOrEqual(0);
        expect(own).toBeLessThanOrEqual(parameters.highestReplyRate);
        const falser = { ...touch, falseClaims: touch.falseClaims + 1 };
        expect(replyRate(falser, standing, parameters)).toBeLessThanOrEqual(own);
        expect(replyRate({ ...touch, relevance: 1 }, standing, parameters)).toBeGreaterThanOrEqual(own);
        expect(optOutRate(falser, standing, parameters)).toBeGreaterThanOrEqual(
          optOutRate(touch, standing, parameters),
        );
      }),
    );
  });

  it('is nothing for who opted out', () => {
    expect(rate({}, { optedOut: true })).toBe(0);
    expect(optOutRate(reference, { ...FIRST_STANDING, optedOut: true }, parameters)).toBe(0);
  });
});
