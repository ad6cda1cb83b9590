import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layout } from './layout.ts';

const edge = (from: number, to: number) => ({ from, to });
const chain = [edge(0, 1), edge(1, 2)];

describe('layout', () => {
  it('puts what follows below', () => {
    const { places, rows, columns } = layout({ nodes: 3, edges: chain });
    expect(places).toEqual([
      { row: 0, column: 0 },
      { row: 1, column: 0 },
      { row: 2, column: 0 },
    ]);
    expect([rows, columns]).toEqual([3, 1]);
  });

  it('keeps the edges of loops, and draws nothing upside down for them', () => {
    const { places, courses } = layout({ nodes: 3, edges: [...chain, edge(2, 1), edge(1, 1)] });
    expect(courses).toEqual(['down', 'down', 'back', 'self']);
    expect(places.map(({ row }) => row)).toEqual([0, 1, 2]);
  });

  it('puts a node below all that lead to it, side by side in the order of the edges', () => {
    const edges = [edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3), edge(0, 3)];
    expect(layout({ nodes: 4, edges }).places).toEqual([
      { row: 0, column: 0 },
      { row: 1, column: 0 },
      { row: 1, column: 1 },
      { row: 2, column: 0 },
    ]);
  });

  it('lays out nothing, and nodes without edges', () => {
    expect(layout({ nodes: 0, edges: [] })).toEqual({ places: [], courses: [], rows: 0, columns: 0 });
    expect(layout({ nodes: 2, edges: [] }).columns).toBe(2);
  });

  it('loses no node and no edge, lets no two share a place, and leads down where it says so', () => {
    const graphs = fc.integer({ min: 1, max: 30 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.array(fc.record({ from: fc.nat(nodes - 1), to: fc.nat(nodes - 1) }), { maxLength: 80 }),
      }),
    );
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const { places, courses } = layout({ nodes, edges });
        expect(new Set(places.map(({ row, column }) => `${row} ${column}`)).size).toBe(nodes);
        expect(courses).toHaveLength(edges.length);
        edges.forEach(({ from, to }, i) => {
          if (from === to) expect(courses[i]).toBe('self');
          else if (courses[i] === 'down') expect(places[to]?.row).toBeGreaterThan(places[from]?.row ?? 0);
          else expect(courses[i]).toBe('back');
        });
      }),
    );
  });

  it('walks a chain of any length', () => {
    const nodes = 50_000;
    const edges = Array.from({ length: nodes - 1 }, (_, i) => edge(i, i + 1));
    expect(layout({ nodes, edges }).rows).toBe(nodes);
  });
});
