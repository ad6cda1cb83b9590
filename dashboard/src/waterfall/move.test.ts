import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeRow } from '../../../domain/span-tree.ts';
import { type Cursor, move } from './move.ts';
import { visibleRows } from './outline.ts';

type Named = { spanId: never; kind: 'tool' | 'llm' | 'other'; status: 'ok' | 'error' };

/** Rows from names and depths, in the order of the waterfall. */
function treeOf(...rows: [name: string, depth: number][]): TreeRow<Named>[] {
  return rows.map(([name, depth], index) => ({
    span: {
      spanId: name as never,
      kind: name === 'tool' || name === 'llm' ? name : 'other',
      status: name === 'tool' || name === 'last' ? 'error' : 'ok',
    },
    depth,
    children:
      rows.slice(index + 1).findIndex(([, below]) => below <= depth) === 0 || index === rows.length - 1
        ? 0
        : 1,
    orphan: false,
  }));
}

const tree = treeOf(['agent', 0], ['llm', 1], ['sub', 1], ['tool', 2], ['last', 1], ['other', 0]);
const at = (spanId: string | null, ...collapsed: string[]): Cursor => ({
  spanId,
  collapsed: new Set(collapsed),
});

describe('move', () => {
  it.each([
    ['ArrowDown', at('agent'), at('llm')],
    ['ArrowDown', at('sub', 'sub'), at('last', 'sub')],
    ['ArrowDown', at('other'), at('other')],
    ['ArrowDown', at(null), at('agent')],
    ['k', at('llm'), at('agent')],
    ['ArrowUp', at('agent'), at('agent')],
    ['End', at('agent'), at('other')],
    ['Home', at('tool'), at('agent')],
    ['ArrowRight', at('sub', 'sub'), at('sub')],
    ['l', at('sub'), at('tool')],
    ['ArrowRight', at('tool'), at('tool')],
    ['ArrowLeft', at('sub'), at('sub', 'sub')],
    ['h', at('sub', 'sub'), at('agent', 'sub')],
    ['ArrowLeft', at('tool'), at('sub')],
    ['e', at('agent'), at('tool')],
    ['e', at('tool'), at('last')],
    ['e', at('last'), at('last')],
    ['E', at('other'), at('last')],
    ['.', at('agent'), at('sub')],
    [',', at('last'), at('sub')],
    ['.', at('llm'), at('llm')],
    ['[', at('tool'), at('agent', 'agent', 'sub')],
    [']', at('agent', 'agent', 'sub'), at('agent')],
  ])('%s takes %j to %j', (key, from, to) => {
    expect(move(tree, from, key)).toEqual(to);
  });

  it('leaves other keys alone, and an empty trace', () => {
    expect(move(tree, at('agent'), 'x')).toBeNull();
    expect(move([], at(null), 'ArrowDown')).toBeNull();
  });

  it('always stands on a row that shows', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', '[', ']');
    fc.assert(
      fc.property(fc.array(keys), (pressed) => {
        const end = pressed.reduce((cursor, key) => move(tree, cursor, key) ?? cursor, at('agent'));
        const shown = visibleRows(tree, end.collapsed).map((row) => row.span.spanId);
        expect(shown).toContain(end.spanId);
      }),
    );
  });
});

describe('visibleRows', () => {
  it('hides the descendants of collapsed spans and nothing else', () => {
    const names = (...collapsed: string[]) =>
      visibleRows(tree, new Set(collapsed)).map((row) => row.span.spanId);
    expect(names()).toEqual(['agent', 'llm', 'sub', 'tool', 'last', 'other']);
    expect(names('sub')).toEqual(['agent', 'llm', 'sub', 'last', 'other']);
    expect(names('agent', 'sub')).toEqual(['agent', 'other']);
    expect(names('llm')).toEqual(names());
  });
});
