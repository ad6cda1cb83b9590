import { describe, expect, it } from 'vitest';
import { BusinessOutcome } from '../../domain/business-outcome.ts';
import { simulatedCampaign } from './simulated-campaign.ts';

const now = Date.parse('2026-11-20T15:00:00Z') * 1000;
const options = { seed: 'a', days: 20, leadsPerDay: 10, now };
const stories = [...simulatedCampaign(options)];
const outcomes = stories.flatMap((story) => story.outcomes).map((outcome) => BusinessOutcome.parse(outcome));
const spans = stories.flatMap((story) => story.spans);

describe('a simulated campaign', () => {
  it('is the same for the same seed on the same day, and another for another', () => {
    expect([...simulatedCampaign(options)]).toEqual(stories);
    expect([...simulatedCampaign({ ...options, seed: 'b' })]).not.toEqual(stories);
  });

  it('tells each event once, and nothing that has not happened yet', () => {
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(outcomes.length);
    expect(outcomes.filter(({ occurredAt }) => occurredAt > now)).toEqual([]);
    expect(spans.filter(({ start }) => start > now)).toEqual([]);
    expect(stories).toHaveLength(200);
  });

  it('names for each message that was sent, and for work that ended in none, a trace of its own', () => {
    const roots = new Set(
      spans.filter(({ parentSpanId }) => parentSpanId === undefined).map(({ traceId }) => traceId),
    );
    const named = outcomes.filter(({ type }) => type === 'sent' || type === 'declined' || type === 'failed');
    expect(new Set(named.map(({ traceId }) => traceId))).toEqual(roots);
    expect(named.length).toBe(roots.size);
    expect(named.filter(({ type }) => type === 'sent').length).toBeGreaterThan(300);
  });

  it('has spans that lie within those that they are in, and end in time', () => {
    const byId = new Map(spans.map((span) => [span.traceId + span.spanId, span]));
    expect(byId.size).toBe(spans.length);
    for (const { traceId, parentSpanId, start, duration } of spans) {
      const parent = parentSpanId === undefined ? null : byId.get(traceId + parentSpanId);
      if (!parent) continue;
      expect(start).toBeGreaterThanOrEqual(parent.start);
      expect(start + duration).toBeLessThanOrEqual(parent.start + parent.duration);
    }
  });
});
