import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costShares } from './cost-shares.ts';
import { buildTree } from './span-tree.ts';

const span = (spanId: string, parentSpanId: string | null, cost: number | null, counted = cost !== null) => ({
  spanId: spanId as never,
  parentSpanId: parentSpanId as never,
  start: 0 as never,
  cost,
  counted,
});

describe('costShares', () => {
  it('gives each span what it and all below it cost', () => {
    const rows = buildTree([
      span('root', null, null),
      span('a', 'root', 30),
      span('b', 'root', null),
      span('c', 'b', 10),
      span('d', 'b', 60),
      span('e', 'd', 1000, false),
    ]);
    expect(Object.fromEntries(costShares(rows))).toEqual({
      root: { cost: 100, share: 1 },
      a: { cost: 30, share: 0.3 },
      b: { cost: 70, share: 0.7 },
      c: { cost: 10, share: 0.1 },
      d: { cost: 60, share: 0.6 },
    });
  });

  it('comes to the whole at the roots, whatever the tree', () => {
    const spans = fc.array(fc.tuple(fc.nat(20), fc.option(fc.nat(1000))), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(spans, (drawn) => {
        const rows = buildTree(drawn.map(([parent, cost], at) => span(`${at}`, `${parent}`, cost)));
        const shares = costShares(rows);
        const roots = rows.filter(({ depth }) => depth === 0);
        const sum = roots.reduce((all, { span: { spanId } }) => all + (shares.get(spanId)?.cost ?? 0), 0);
        expect(sum).toBe(drawn.reduce((all, [, cost]) => all + (cost ?? 0), 0));
      }),
    );
  });
});
