import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COST_DIMENSIONS } from '../../../../domain/cost-row.ts';
import { OUTCOME_DIMENSIONS } from '../../../../domain/outcome-type.ts';
import { MESSAGE_STAGES } from '../../../../domain/sent-message.ts';
import {
  filtersOf,
  type MetricsFilters,
  metricsPath,
  RANGES,
  REPLY_DAYS,
  stepQueryOf,
} from './metrics-filters.ts';

const text = fc.option(fc.string({ minLength: 1 }).filter((value) => value.trim() === value));
const filters: fc.Arbitrary<MetricsFilters> = fc.record({
  range: fc.constantFrom(...RANGES.map(({ value }) => value)),
  days: fc.constantFrom(...REPLY_DAYS),
  step: fc.constantFrom('day' as const, 'week' as const, null),
  base: fc.constantFrom('delivered' as const, 'sent' as const, 'lead' as const, null),
  by: fc.option(fc.constantFrom(...OUTCOME_DIMENSIONS)),
  costBy: fc.option(fc.constantFrom(...COST_DIMENSIONS)),
  where: fc.record({ agentVersion: text, architecture: text, model: text, channel: text, campaign: text }),
  shown: fc.option(
    fc.record({
      stage: fc.constantFrom(...MESSAGE_STAGES),
      start: fc.option(fc.nat()),
      value: fc.option(fc.string()),
      within: fc.option(fc.integer({ min: 1, max: 365 })),
    }),
  ),
});

describe('the address of the page', () => {
  it('says all that the page shows', () => {
    fc.assert(
      fc.property(filters, (shown) => {
        const { searchParams } = new URL(metricsPath(shown), 'http://localhost');
        expect(filtersOf(searchParams)).toEqual(shown);
      }),
    );
  });

  it('is short where everything is at its default, and forgives what it does not know', () => {
    expect(metricsPath(filtersOf(new URLSearchParams()))).toBe('/metrics');
    expect(
      metricsPath(filtersOf(new URLSearchParams('range=x&days=-1&per=y&by=z&show=w&at=q&within=0'))),
    ).toBe('/metrics');
  });
});

describe('stepQueryOf', () => {
  it('asks for weeks of a long range', () => {
    const at = (range: string) => stepQueryOf(filtersOf(new URLSearchParams({ range })), 0).step;
    expect([at('7d'), at('30d'), at('90d'), at('1y')]).toEqual(['day', 'day', 'week', 'week']);
  });
});
