import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NanoUsd, nanoUsd } from '../../domain/units.ts';
import { admit, left, openBudget, type RunBudget, settle } from './run-budget.ts';

type Step =
  | { kind: 'ask'; estimate: number | null }
  | { kind: 'end'; place: number; share: number; known: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), estimate: fc.option(fc.nat(400)) }),
  fc.record({
    kind: fc.constant('end' as const),
    place: fc.nat(20),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    known: fc.boolean(),
  }),
);

/** Plays trials that cost at most what was reserved for them. */
function play(limit: number, steps: readonly Step[], look: (budget: RunBudget, open: NanoUsd[]) => void) {
  let budget = openBudget(nanoUsd(limit), nanoUsd(0));
  const open: NanoUsd[] = [];
  for (const next of steps) {
    if (next.kind === 'ask') {
      const admission = admit(budget, next.estimate === null ? null : nanoUsd(next.estimate));
      if (admission.kind === 'admitted') {
        budget = admission.budget;
        open.push(admission.reservation);
      } else {
        expect(admission.kind).toBe(open.length > 0 ? 'wait' : 'spent');
      }
    } else {
      const [reservation] = open.splice(next.place % Math.max(1, open.length), 1);
      if (reservation === undefined) continue;
      budget = settle(budget, reservation, next.known ? nanoUsd(reservation * next.share) : null);
    }
    look(budget, open);
  }
}

describe('the budget of a run', () => {
  it('is never exceeded by trials that keep to their estimates', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.array(step, { maxLength: 200 }), (limit, steps) => {
        play(limit, steps, (budget, open) => {
          expect(budget.spent + budget.reserved).toBeLessThanOrEqual(limit);
          expect(budget.inFlight).toBe(open.length);
          expect(budget.reserved).toBe(open.reduce((sum, reservation) => sum + reservation, 0));
        });
      }),
    );
  });

  it('lets a trial of unknown cost run alone, with all that is left', () => {
    const budget = openBudget(nanoUsd(100), nanoUsd(30));
    const first = admit(budget, null);
    if (first.kind !== 'admitted') throw new Error('expected to be admitted');
    expect(first.reservation).toBe(70);
    expect(admit(first.budget, null)).toEqual({ kind: 'wait' });
    expect(admit(first.budget, nanoUsd(1))).toEqual({ kind: 'wait' });
    expect(left(settle(first.budget, first.reservation, nanoUsd(5)))).toBe(65);
    expect(left(settle(first.budget, first.reservation, null))).toBe(0);
  });

  it('is spent when a trial costs more than is left, also after one that cost more than was thought', () => {
    expect(admit(openBudget(nanoUsd(100), nanoUsd(60)), nanoUsd(41))).toEqual({ kind: 'spent' });
    const over = settle({ ...openBudget(nanoUsd(100), nanoUsd(0)), inFlight: 1 }, nanoUsd(0), nanoUsd(150));
    expect([left(over), admit(over, nanoUsd(0)).kind, admit(over, null).kind]).toEqual([0, 'spent', 'spent']);
  });
});
