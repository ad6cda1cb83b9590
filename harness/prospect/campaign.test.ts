import { describe, expect, it } from 'vitest';
import { micros } from '../../domain/units.ts';
import { wilson } from '../../domain/wilson.ts';
import { type Campaign, type CampaignEvent, playCampaign } from './campaign.ts';
import { PROSPECT_PARAMETERS } from './prospect-parameters.ts';

const monday = Date.parse('2026-03-02T10:00:00Z') * 1000;
const DAY_US = 86_400_000_000;

/** Leads that are written to on the weekdays of three weeks. */
function leads(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `lead_${index}`,
    day: [0, 1, 2, 3, 4][index % 5] ?? 0,
  }));
}

function campaign(count: number, relevance: number, days: readonly number[] = [0]): Campaign {
  const all = leads(count);
  const dayOf = new Map(all.map(({ id, day }) => [id, day]));
  return {
    leads: all,
    start: ({ id }) => micros(monday + (dayOf.get(id) ?? 0) * DAY_US),
    days,
    compose: () => ({ relevance, trueClaims: 0, falseClaims: 0, words: 90 }),
  };
}

function count(events: readonly CampaignEvent[], kind: CampaignEvent['kind']): number {
  return events.filter((event) => event.kind === kind).length;
}

function replies(events: readonly CampaignEvent[]) {
  return wilson(count(events, 'replied'), count(events, 'delivered'));
}

describe('playCampaign', () => {
  it('answers at the rate of its parameters, whatever the willingness of each', () => {
    const spread = [...playCampaign(campaign(20_000, 0.5), 'a')];
    expect(replies(spread).low).toBeLessThan(0.02);
    expect(replies(spread).high).toBeGreaterThan(0.02);
    const alike = playCampaign(campaign(20_000, 0.5), 'a', { ...PROSPECT_PARAMETERS, willingnessSpread: 0 });
    expect(Math.abs(replies([...alike]).rate - replies(spread).rate)).toBeLessThan(0.004);
  });

  it('tells a relevant campaign from one that fits nobody', () => {
    const relevant = replies([...playCampaign(campaign(10_000, 1), 'b')]);
    const generic = replies([...playCampaign(campaign(10_000, 0), 'b')]);
    expect(relevant.low).toBeGreaterThan(generic.high);
  });

  it('plays thirty days of a sequence: nothing is sent after an answer has come, an opt-out or a bounce', () => {
    const events = [...playCampaign(campaign(5000, 1, [0, 4, 9, 20]), 'c')];
    for (const own of Map.groupBy(events, ({ lead }) => lead).values()) {
      const end = own.find(({ kind }) => kind === 'replied' || kind === 'opted-out' || kind === 'bounced');
      const later = own.filter(({ kind, at }) => end && kind === 'sent' && at > end.at);
      expect(later).toEqual([]);
      expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).toSorted((a, b) => a - b));
    }
    expect(count(events, 'sent')).toBeGreaterThan(15_000);
    expect(count(events, 'positive')).toBeLessThan(count(events, 'replied'));
    expect(count(events, 'meeting')).toBeGreaterThan(0);
    expect(count(events, 'meeting')).toBeLessThan(count(events, 'positive'));
  });

  it('gives the same events for the same seed, and a lead the same fate among others', () => {
    const whole = [...playCampaign(campaign(300, 0.8, [0, 4]), 'd')];
    expect([...playCampaign(campaign(300, 0.8, [0, 4]), 'd')]).toEqual(whole);
    const few = [...playCampaign(campaign(10, 0.8, [0, 4]), 'd')];
    expect(whole.slice(0, few.length)).toEqual(few);
    expect([...playCampaign(campaign(300, 0.8, [0, 4]), 'e')]).not.toEqual(whole);
  });

  it('is late with half of its answers by the median of the parameters', () => {
    const events = [...playCampaign(campaign(20_000, 1), 'f')];
    const sentAt = new Map(events.filter(({ kind }) => kind === 'sent').map(({ lead, at }) => [lead, at]));
    const delays = events
      .filter(({ kind }) => kind === 'replied')
      .map(({ lead, at }) => (at - (sentAt.get(lead) ?? 0)) / 3_600_000_000);
    const late = wilson(delays.filter((hours) => hours > 8).length, delays.length);
    expect(late.low).toBeLessThan(0.5);
    expect(late.high).toBeGreaterThan(0.5);
    expect(Math.max(...delays)).toBeLessThan(30 * 24 + 1);
  });
});
