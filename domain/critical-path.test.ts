import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CriticalStretch, criticalPath, waitedFor } from './critical-path.ts';
import { exampleSpan, spanIdOf } from './example-spans.ts';
import type { SpanDetail } from './span.ts';
import type { SpanKind } from './span-kind.ts';
import { buildTree } from './span-tree.ts';

type Timed = { parent?: number; start: number; end: number; kind?: SpanKind };

function spansOf(trace: Record<number, Timed>): SpanDetail[] {
  return Object.entries(trace).map(([number, { parent, start, end, kind = 'other' }]) => ({
    ...exampleSpan(Number(number), parent === undefined ? {} : { parent }),
    kind,
    start: start as SpanDetail['start'],
    duration: (end - start) as SpanDetail['duration'],
  }));
}

/** `[span, start, end]`, the span by its number. */
function pathOf(trace: Record<number, Timed>): [number, number, number][] {
  return criticalPath(buildTree(spansOf(trace))).map(({ spanId, start, end }) => [
    Number.parseInt(spanId, 16),
    start,
    end,
  ]);
}

describe('criticalPath', () => {
  it('follows the child that ended last, and what ended before it began', () => {
    const trace = {
      1: { start: 0, end: 100 },
      2: { parent: 1, start: 10, end: 30 },
      3: { parent: 1, start: 5, end: 38 },
      4: { parent: 1, start: 40, end: 90 },
      5: { parent: 4, start: 50, end: 60 },
    };
    expect(pathOf(trace)).toEqual([
      [1, 0, 5],
      [3, 5, 38],
      [1, 38, 40],
      [4, 40, 50],
      [5, 50, 60],
      [4, 60, 90],
      [1, 90, 100],
    ]);
  });

  it('leaves out a child that ran beside the one that was waited for', () => {
    const trace = {
      1: { start: 0, end: 100 },
      2: { parent: 1, start: 0, end: 95 },
      3: { parent: 1, start: 50, end: 100 },
    };
    expect(pathOf(trace)).toEqual([
      [1, 0, 50],
      [3, 50, 100],
    ]);
  });

  it('counts a child that outlives its parent, or begins before it, only within it', () => {
    const trace = { 1: { start: 50, end: 100 }, 2: { parent: 1, start: 20, end: 300 } };
    expect(pathOf(trace)).toEqual([[2, 50, 100]]);
  });

  it('is of the root that ended last, and empty without spans', () => {
    expect(pathOf({ 1: { start: 0, end: 10 }, 2: { start: 5, end: 20 } })).toEqual([[2, 5, 20]]);
    expect(criticalPath([])).toEqual([]);
  });

  it('fills the time of the root exactly, each stretch within its span', () => {
    const spans = fc.array(
      fc.record({
        parent: fc.nat(30),
        start: fc.nat(200),
        length: fc.nat(200),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(spans, (drawn) => {
        const trace = Object.fromEntries(
          drawn.map(({ parent, start, length }, i) => [
            i + 1,
            { start, end: start + length, ...(i > 0 && { parent: 1 + (parent % i) }) },
          ]),
        );
        const path = pathOf(trace);
        const [root] = drawn;
        const ordered = path.every(
          ([, start, end], i) => start < end && start === (path[i - 1]?.[2] ?? start),
        );
        expect(ordered).toBe(true);
        for (const [number, start, end] of path) {
          expect(start).toBeGreaterThanOrEqual(trace[number]?.start ?? Number.NaN);
          expect(end).toBeLessThanOrEqual(trace[number]?.end ?? Number.NaN);
        }
        expect(path.reduce((sum, [, start, end]) => sum + end - start, 0)).toBe(root?.length);
      }),
    );
  });

  it('walks a chain as deep as a trace may be', () => {
    const deep = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [i + 1, { start: 0, end: 10, ...(i > 0 && { parent: i }) }]),
    );
    expect(pathOf(deep)).toEqual([[20_000, 0, 10]]);
  });
});

describe('waitedFor', () => {
  it('says which kinds took the time', () => {
    const rows = buildTree(
      spansOf({
        1: { start: 0, end: 100, kind: 'agent' },
        2: { parent: 1, start: 0, end: 70, kind: 'llm' },
        3: { parent: 1, start: 80, end: 100, kind: 'tool' },
      }),
    );
    expect(waitedFor(rows, criticalPath(rows))).toEqual([
      { kind: 'llm', share: 0.7 },
      { kind: 'tool', share: 0.2 },
      { kind: 'agent', share: 0.1 },
    ]);
    const unknown: CriticalStretch = { spanId: spanIdOf(9), start: 0, end: 1 };
    expect(waitedFor(rows, [unknown])).toEqual([{ kind: 'other', share: 1 }]);
  });
});
