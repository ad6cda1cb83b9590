import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPace, nextPace, type Pace, type PaceEvent } from './pace.ts';

const event: fc.Arbitrary<PaceEvent> = fc.oneof(
  fc.record({ kind: fc.constant('answered' as const), at: fc.nat(600_000) }),
  fc.record({
    kind: fc.constant('refused' as const),
    at: fc.nat(600_000),
    retryAfter: fc.nat(3_600_000),
  }),
  fc.record({ kind: fc.constant('failed' as const), at: fc.nat(600_000) }),
);
const inOrder = fc.array(event, { maxLength: 400 }).map((list) => list.toSorted((a, b) => a.at - b.at));
const ceiling = fc.integer({ min: 1, max: 200 });

/** Every pace from the first to the last. */
function paces(top: number, events: readonly PaceEvent[]): Pace[] {
  const list = [firstPace(top)];
  for (const next of events) list.push(nextPace(list.at(-1) ?? firstPace(top), next));
  return list;
}

const answers = (count: number, at: number): PaceEvent[] =>
  Array.from({ length: count }, () => ({ kind: 'answered', at }));

describe('the pace', () => {
  it('starts at 20, or at the ceiling', () => {
    expect([firstPace(100).limit, firstPace(7).limit]).toEqual([20, 7]);
  });

  it('stays between 1 and the ceiling, and moves by a fifth down or a twentieth up at most', () => {
    fc.assert(
      fc.property(ceiling, inOrder, (top, events) => {
        const list = paces(top, events);
        for (const [place, { limit }] of list.entries()) {
          expect(limit).toBeGreaterThanOrEqual(1);
          expect(limit).toBeLessThanOrEqual(top);
          const before = list[place - 1]?.limit ?? limit;
          expect(limit).toBeGreaterThanOrEqual(before * 0.8 - 1e-9);
          expect(limit).toBeLessThanOrEqual(Math.max(before * 1.05, 1) + 1e-9);
        }
      }),
    );
  });

  it('grows only on answers, is cut only by refusals, and by one in 15 s', () => {
    fc.assert(
      fc.property(ceiling, inOrder, (top, events) => {
        const list = paces(top, events);
        let lastCut = Number.NEGATIVE_INFINITY;
        for (const [place, happened] of events.entries()) {
          const [before, after] = [list[place]?.limit ?? 0, list[place + 1]?.limit ?? 0];
          if (after > before) expect(happened.kind).toBe('answered');
          if (after < before) {
            expect(happened.kind).toBe('refused');
            expect(happened.at - lastCut).toBeGreaterThanOrEqual(15_000);
            lastCut = happened.at;
          }
        }
      }),
    );
  });

  it('never shortens a pause, and none is longer than five minutes', () => {
    fc.assert(
      fc.property(ceiling, inOrder, (top, events) => {
        const list = paces(top, events);
        for (const [place, happened] of events.entries()) {
          const [before, after] = [list[place]?.pausedUntil ?? 0, list[place + 1]?.pausedUntil ?? 0];
          expect(after).toBeGreaterThanOrEqual(before);
          if (happened.kind === 'refused')
            expect(after).toBeGreaterThanOrEqual(happened.at + Math.min(happened.retryAfter, 300_000));
          expect(after).toBeLessThanOrEqual(Math.max(before, happened.at + 300_000));
        }
      }),
    );
  });

  it('is cut by a fifth, honours Retry-After, and comes back slowly', () => {
    const refused = nextPace(firstPace(100), { kind: 'refused', at: 1000, retryAfter: 30_000 });
    expect(refused).toMatchObject({ limit: 16, coolUntil: 16_000, pausedUntil: 31_000 });
    const again = nextPace(refused, { kind: 'refused', at: 2000, retryAfter: 0 });
    expect(again).toEqual(refused);
    expect(answers(16, 30_000).reduce(nextPace, refused).limit).toBe(16);
    expect(answers(15, 31_000).reduce(nextPace, refused).limit).toBe(16);
    expect(answers(16, 31_000).reduce(nextPace, refused).limit).toBeCloseTo(16.8);
    const failed = [...answers(15, 31_000), { kind: 'failed', at: 31_000 } as const, ...answers(15, 31_000)];
    expect(failed.reduce(nextPace, refused).limit).toBe(16);
  });

  it('reaches the ceiling with answers alone', () => {
    expect(answers(5000, 1).reduce(nextPace, firstPace(100)).limit).toBe(100);
    let pace = firstPace(1);
    pace = nextPace(pace, { kind: 'refused', at: 0, retryAfter: 0 });
    expect(pace.limit).toBe(1);
  });
});
