import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumMatching } from './bipartite-matching.ts';

describe('maximumMatching', () => {
  it('is as large as any matching', () => {
    const graphs = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
      .chain(([left, right]) =>
        fc.array(fc.array(fc.boolean(), { minLength: right, maxLength: right }), {
          minLength: left,
          maxLength: left,
        }),
      );
    fc.assert(
      fc.property(graphs, (edges) => {
        const found = maximumMatching(edges.length, edges[0]?.length ?? 0, (l, r) => edges[l]?.[r] ?? false);
        const used = found.filter((right) => right !== null);
        expect(new Set(used).size).toBe(used.length);
        for (const [left, right] of found.entries())
          if (right !== null) expect(edges[left]?.[right]).toBe(true);
        expect(used.length).toBe(largestMatching(edges));
      }),
    );
  });

  it('gives the place of two equals to the earlier', () => {
    expect(maximumMatching(3, 2, (left, right) => left === 2 || right === 0)).toEqual([0, null, 1]);
  });
});

/** By trying everything. */
function largestMatching(edges: readonly boolean[][], taken: readonly number[] = []): number {
  const [first, ...rest] = edges;
  if (!first) return 0;
  const free = first.flatMap((edge, right) => (edge && !taken.includes(right) ? [right] : []));
  return Math.max(
    largestMatching(rest, taken),
    ...free.map((right) => 1 + largestMatching(rest, [...taken, right])),
  );
}
