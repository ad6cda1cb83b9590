import { describe, expect, it } from 'vitest';
import { type OutcomeCohort, sumCounts } from '../../../../domain/outcome-cohort.ts';
import { micros } from '../../../../domain/units.ts';
import { rateChart, topOf } from './rate-series.ts';

const day = 86_400e6;
const cohort = (place: number, fields: Partial<OutcomeCohort>): OutcomeCohort => ({
  start: micros(place * day),
  value: null,
  maturing: false,
  ...sumCounts([]),
  ...fields,
});

describe('rateChart', () => {
  const cohorts = [
    cohort(1, { value: 'v1', sent: 10, replied: 1 }),
    cohort(4, { value: 'v1', sent: 20, replied: 1 }),
    cohort(4, { value: 'v1', maturing: true, sent: 20, replied: 20 }),
    cohort(4, { value: 'v2', sent: 5, replied: 1 }),
  ];
  const chart = rateChart(cohorts, { base: 'sent', values: ['v1', 'v2'], step: day });

  it('has a place for every step, and no rate where nothing was sent', () => {
    expect(chart.starts).toEqual([1, 2, 3, 4].map((place) => place * day));
    expect(chart.series.map(({ rates }) => rates.map((rate) => rate?.rate ?? null))).toEqual([
      [0.1, null, null, 0.05],
      [null, null, null, 0.2],
    ]);
  });

  it('keeps what is maturing out of the rates, and says where it begins', () => {
    expect(chart.series[0]?.rates[3]?.n).toBe(20);
    expect(chart.maturingFrom).toBe(4 * day);
  });

  it('is empty of nothing', () => {
    const none = rateChart([], { base: 'sent', values: [null], step: day });
    expect(none).toMatchObject({ starts: [], maturingFrom: null });
    expect(topOf(none, 0.02)).toBe(0.03);
  });

  it('has a scale with a round top above the rates', () => {
    expect(topOf(chart, 0.02)).toBeCloseTo(0.3);
  });
});
