import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, type Observed } from './kaplan-meier.ts';

const observation = fc
  .record({ time: fc.nat({ max: 20 }), n: fc.nat({ max: 50 }) })
  .chain(({ time, n }) => fc.nat({ max: n }).map((events): Observed => ({ time, n, events })));
const observations = fc.array(observation, { maxLength: 30 });

describe('kaplanMeier', () => {
  // Remission of leukaemia under 6-MP: E. A. Gehan, Biometrika 52 (1965); the estimates and standard errors are those
  // printed in many textbooks, as in D. R. Cox, D. Oakes, Analysis of Survival Data (1984), p. 8.
  const events = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((time) => ({ time, n: 1, events: 1 }));
  const lost = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((time) => ({ time, n: 1, events: 0 }));

  it('gives the published estimates', () => {
    const shares = kaplanMeier([...lost, ...events]);
    expect(shares.map(({ time, atRisk }) => [time, atRisk])).toEqual([
      [6, 21],
      [7, 17],
      [10, 15],
      [13, 12],
      [16, 11],
      [22, 7],
      [23, 6],
    ]);
    const survival = shares.map(({ share }) => 1 - share);
    for (const [index, expected] of [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448].entries()) {
      expect(survival[index]).toBeCloseTo(expected, 3);
    }
  });

  it('gives the interval that R prints for them (survfit, conf.type = "log-log")', () => {
    const [first] = kaplanMeier([...lost, ...events]);
    expect(1 - (first?.high ?? 0)).toBeCloseTo(0.6197, 4);
    expect(1 - (first?.low ?? 0)).toBeCloseTo(0.9516, 4);
  });

  it('is the plain share where all were watched to the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat({ max: 200 }), (n, some) => {
        const came = Math.min(n, some);
        const shares = kaplanMeier([
          { time: 1, n: came, events: came },
          { time: 9, n: n - came, events: 0 },
        ]);
        expect(shares.at(-1)?.share ?? 0).toBeCloseTo(came / n, 12);
      }),
    );
  });

  it('never falls, and lies within its interval and within 0 to 1', () => {
    fc.assert(
      fc.property(observations, (observed) => {
        let before = 0;
        for (const { share, low, high } of kaplanMeier(observed)) {
          expect(share).toBeGreaterThanOrEqual(before);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
          expect(high).toBeLessThanOrEqual(1);
          before = share;
        }
      }),
    );
  });

  it('does not depend on how the observations are grouped', () => {
    fc.assert(
      fc.property(observations, (observed) => {
        const single = observed.flatMap(({ time, n, events }) =>
          Array.from({ length: n }, (_, place) => ({ time, n: 1, events: place < events ? 1 : 0 })),
        );
        expect(kaplanMeier(single.toReversed())).toEqual(kaplanMeier(observed));
      }),
    );
  });

  it('refuses more events than were observed', () => {
    expect(() => kaplanMeier([{ time: 1, n: 1, events: 2 }])).toThrow(RangeError);
  });
});
