import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTree } from './span-tree.ts';

const span = (spanId: number, parent: number | null, start = 0) => ({
  spanId: `${spanId}` as never,
  parentSpanId: (parent === null ? null : `${parent}`) as never,
  start: start as never,
});
const shape = (...spans: ReturnType<typeof span>[]) =>
  buildTree(spans).map((row) => [row.span.spanId, row.depth, row.orphan]);

describe('buildTree', () => {
  it('orders children by start below their parent', () => {
    expect(shape(span(3, 1, 2), span(2, 1, 3), span(1, null, 9), span(4, 3, 0))).toEqual([
      ['1', 0, false],
      ['3', 1, false],
      ['4', 2, false],
      ['2', 1, false],
    ]);
  });

  it('puts a span whose parent has not come, and one of each cycle, at the top, marked', () => {
    expect(shape(span(1, 9), span(2, 3, 1), span(3, 2, 2), span(4, 4, 3))).toEqual([
      ['1', 0, true],
      ['2', 0, true],
      ['3', 1, false],
      ['4', 0, true],
    ]);
  });

  it('gives every span once, each directly below its parent, whatever names whom', () => {
    const spans = fc.array(fc.tuple(fc.nat(12), fc.option(fc.nat(12)), fc.nat(5)), { maxLength: 30 });
    fc.assert(
      fc.property(spans, (drawn) => {
        const given = drawn.map(([id, parent, start]) => span(id, parent, start));
        const rows = buildTree(given);
        expect(new Set(rows.map((row) => row.span))).toEqual(new Set(given));
        expect(rows).toHaveLength(given.length);
        rows.forEach((row, at) => {
          if (row.depth === 0) return;
          const parent = rows.slice(0, at).findLast(({ depth }) => depth < row.depth);
          expect(parent?.depth).toBe(row.depth - 1);
          expect(parent?.span.spanId).toBe(row.span.parentSpanId);
        });
      }),
    );
  });
});
