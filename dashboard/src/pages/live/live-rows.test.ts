import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceId } from '../../../../domain/ids.ts';
import { micros } from '../../../../domain/units.ts';
import { liveFiltersOf, livePath, passes } from './live-filters.ts';
import {
  asking,
  elapsedOf,
  hear,
  inOrder,
  type ListedTrace,
  type LiveRows,
  mostRows,
  NO_ROWS,
  quietMillis,
  type StreamedSpan,
  show,
  stateOf,
  unanswered,
} from './live-rows.ts';

const noon = 1_770_000_000_000;
const id = (number: number) => String(number).padStart(32, '0');

function trace(number: number, part: Partial<ListedTrace> = {}): ListedTrace {
  return {
    traceId: id(number) as TraceId,
    name: 'invoke_agent alice',
    rootReceived: false,
    service: 'sales',
    agent: 'alice',
    models: [],
    start: micros(noon * 1000 + number),
    duration: micros(1000),
    spans: 1,
    modelCalls: 0,
    toolCalls: 0,
    errors: 0,
    usage: { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null },
    cost: null,
    unpricedCalls: 0,
    runId: null,
    trialId: null,
    scenarioId: null,
    loops: { kind: 'none' },
    ...part,
  };
}

function span(number: number, part: Partial<StreamedSpan> = {}): StreamedSpan {
  return {
    traceId: id(number),
    parentSpanId: 'a'.repeat(16),
    name: 'chat',
    kind: 'llm',
    status: 'ok',
    start: noon * 1000,
    duration: 10,
    agent: null,
    ...part,
  };
}

const ids = (live: LiveRows) => inOrder(live.rows.values(), noon).map((row) => Number(row.trace.traceId));

describe('the rows of the live page', () => {
  it('are read when something is heard of them, with the step that ended last', () => {
    const heard = hear(
      NO_ROWS,
      [span(1, { name: 'late', duration: 50 }), span(1), span(1, { parentSpanId: null, duration: 90 })],
      0,
      noon,
    );
    expect([...heard.unread]).toEqual([id(1)]);
    expect(heard.rows.size).toBe(0);
    const shown = show(asking(heard), [trace(1)], noon);
    expect(shown.rows.get(id(1))?.step).toMatchObject({ name: 'late', end: noon * 1000 + 50 });
    expect([shown.steps.size, shown.unread.size, shown.unsure, shown.missed]).toEqual([0, 0, false, 0]);
    const next = hear(
      shown,
      [span(1, { name: 'next', start: noon * 1000 + 60, status: 'error' })],
      0,
      noon + 5,
    );
    expect(next.rows.get(id(1))).toMatchObject({ step: { name: 'next', failed: true }, heard: noon + 5 });
  });

  it('stand with those under way first, then the latest to end', () => {
    const ended = { rootReceived: true };
    const live = show(
      NO_ROWS,
      [
        trace(1),
        trace(2),
        trace(3, ended),
        trace(4, { ...ended, duration: micros(9000) }),
        trace(5, { ...ended, errors: 1 }),
      ],
      noon,
    );
    expect(ids(live)).toEqual([2, 1, 4, 5, 3]);
    const states = (now: number) => inOrder(live.rows.values(), now).map((row) => stateOf(row, now));
    expect(states(noon)).toEqual(['under way', 'under way', 'ended', 'failed', 'ended']);
    expect(states(noon + quietMillis + 1).slice(0, 2)).toEqual(['quiet', 'quiet']);
  });

  it('are read from the list where spans were passed over, and count what it does not show', () => {
    const heard = hear(NO_ROWS, [], 7, noon);
    expect(heard.unsure).toBe(true);
    expect(show(asking(heard), [trace(1), trace(2)], noon, 10)).toMatchObject({ unsure: false, missed: 10 });
  });

  it('ask again for what was not answered', () => {
    const heard = hear(NO_ROWS, [span(1)], 0, noon);
    const later = hear(asking(heard), [span(2)], 0, noon);
    expect([...unanswered(later, heard.unread).unread].sort()).toEqual([id(1), id(2)]);
  });

  it('are as many as the page holds, whatever comes, and none is lost without being counted', () => {
    const news = fc.record({
      heard: fc.array(fc.nat(400), { maxLength: 300 }),
      shown: fc.uniqueArray(fc.nat(400), { maxLength: 100 }),
      ended: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(news, { maxLength: 12 }), (batches) => {
        let live = NO_ROWS;
        for (const { heard, shown, ended } of batches) {
          const before = live;
          live = hear(
            live,
            heard.map((number) => span(number)),
            0,
            noon,
          );
          expect(live.unread.size).toBeLessThanOrEqual(mostRows);
          expect(live.unsure || heard.every((number) => live.unread.has(id(number)))).toBe(true);
          live = show(
            asking(live),
            shown.map((number) => trace(number, { rootReceived: ended })),
            noon,
          );
          const known = new Set([...before.rows.keys(), ...shown.map(id)]).size;
          expect(live.rows.size).toBe(Math.min(mostRows, known));
          expect(live.missed - before.missed).toBe(known - live.rows.size);
          expect(live.steps.size).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('tell the time up to now until they have ended', () => {
    const [row] = show(NO_ROWS, [trace(0)], noon).rows.values();
    const [done] = show(NO_ROWS, [trace(0, { rootReceived: true })], noon).rows.values();
    expect([row && elapsedOf(row, noon + 3000), done && elapsedOf(done, noon + 3000)]).toEqual([3e6, 1000]);
  });
});

describe('the filters of the live page', () => {
  it('live in its address', () => {
    for (const path of ['/live', '/live?agent=ali', '/live?agent=ali&service=a+b&only=looping'])
      expect(livePath(liveFiltersOf(new URL(path, 'http://x').searchParams))).toBe(path);
    expect(liveFiltersOf(new URLSearchParams('only=nonsense&agent=+'))).toEqual({
      agent: null,
      service: null,
      only: null,
    });
  });

  it('leave what matches all of them', () => {
    const rowOf = (part: Partial<ListedTrace>) => ({ trace: trace(1, part), step: null, heard: noon });
    const none = { agent: null, service: null, only: null };
    const row = rowOf({ errors: 1, rootReceived: true });
    expect(passes(row, 'failed', { ...none, agent: 'LIC', service: 'ale' })).toBe(true);
    expect(passes(row, 'failed', { ...none, agent: 'bob' })).toBe(false);
    expect(passes(row, 'failed', { ...none, only: 'errors' })).toBe(true);
    expect(passes(row, 'failed', { ...none, only: 'under-way' })).toBe(false);
    expect(passes(row, 'failed', { ...none, only: 'looping' })).toBe(false);
    expect(passes(rowOf({ agent: null }), 'quiet', { ...none, agent: 'invoke', only: 'under-way' })).toBe(
      true,
    );
  });
});
