import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COUNT_NAMES,
  type OutcomeCohort,
  rateDifference,
  rateOf,
  replyRate,
  splitOf,
  splitsOf,
  sumCounts,
} from './outcome-cohort.ts';
import { micros } from './units.ts';

const cohort = (fields: Partial<OutcomeCohort>): OutcomeCohort => ({
  start: micros(0),
  value: null,
  maturing: false,
  ...sumCounts([]),
  ...fields,
});

const counts = fc.record(Object.fromEntries(COUNT_NAMES.map((name) => [name, fc.nat({ max: 1000 })])));
const cohorts = fc.array(
  fc.record({ value: fc.constantFrom('v1', 'v2', null), maturing: fc.boolean(), counts }),
);

describe('splits', () => {
  it('add up to the whole', () => {
    fc.assert(
      fc.property(cohorts, (drawn) => {
        const all = drawn.map(({ value, maturing, counts }) => cohort({ value, maturing, ...counts }));
        const splits = splitsOf(all);
        const whole = splitOf(null, all);
        expect(sumCounts(splits.map(({ mature }) => mature))).toEqual(whole.mature);
        expect(sumCounts(splits.map(({ maturing }) => maturing))).toEqual(whole.maturing);
        expect(sumCounts([whole.mature, whole.maturing])).toEqual(sumCounts(all));
      }),
    );
  });

  it('keep maturing messages out of every rate', () => {
    const mature = cohort({
      sent: 100,
      delivered: 90,
      replied: 9,
      deliveredReplied: 9,
      contactedLeads: 50,
      repliedLeads: 5,
    });
    const young = cohort({ maturing: true, sent: 40, delivered: 40, replied: 40, contactedLeads: 40 });
    const split = splitOf('v1', [mature, young]);
    expect([split.perDelivered?.rate, split.perSent?.rate, split.perLead?.rate]).toEqual([0.1, 0.09, 0.1]);
    expect(split.maturing.replied).toBe(40);
  });
});

describe('a rate', () => {
  it('is none of nothing, and none where counts contradict each other', () => {
    expect([rateOf(0, 0), rateOf(2, 1)]).toEqual([null, null]);
    expect(replyRate(sumCounts([cohort({ sent: 10, replied: 1 })]), 'delivered')).toBeNull();
  });

  it('differs from another by an interval', () => {
    const [left, right] = [
      splitOf('v2', [cohort({ sent: 70, replied: 56 })]),
      splitOf('v1', [cohort({ sent: 80, replied: 48 })]),
    ];
    const difference = rateDifference(left, right, 'sent');
    expect(difference?.low).toBeCloseTo(0.0524, 4);
    expect(difference?.high).toBeCloseTo(0.3339, 4);
    expect(rateDifference(left, right, 'delivered')).toBeNull();
  });
});
