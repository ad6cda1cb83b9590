import { describe, expect, it } from 'vitest';
import { cellWords, columnWidths, linkOf, readRows } from './sql-rows.ts';

describe('readRows', () => {
  const answer = '["a","b"]\n["UInt64","String"]\n["1","x"]\n["2","y\\nz"]\n';

  it('reads names, types and rows, and says whether there are more than asked for', () => {
    expect(readRows(answer, 2)).toEqual({
      ...{ names: ['a', 'b'], types: ['UInt64', 'String'], more: false },
      rows: [
        ['1', 'x'],
        ['2', 'y\nz'],
      ],
    });
    expect(readRows(answer, 1)).toMatchObject({ rows: [['1', 'x']], more: true });
    expect(readRows('', 5)).toEqual({ names: [], types: [], rows: [], more: false });
  });
});

describe('a cell', () => {
  it('keeps to its line, and tells nothing from empty', () => {
    expect([null, '', 'a\n b', ['x', 1], 0].map(cellWords)).toEqual(['∅', '', 'a b', '["x",1]', '0']);
    expect(cellWords('x'.repeat(1e6))).toHaveLength(300);
  });

  it('leads to what it names', () => {
    expect(linkOf('trace_id', 'a'.repeat(32))).toBe(`/traces/${'a'.repeat(32)}`);
    expect(linkOf('run_id', 'a b')).toBe('/runs/a%20b');
    expect([linkOf('trace_id', 'javascript:alert(1)'), linkOf('name', 'x'), linkOf('run_id', null)]).toEqual([
      ...[null, null, null],
    ]);
  });

  it('has a column as wide as its longest, within bounds', () => {
    expect(columnWidths({ names: ['n', 'long name'], rows: [['x'.repeat(99), 'y']] })).toEqual([48, 9]);
    expect(columnWidths({ names: ['n'], rows: [] })).toEqual([5]);
  });
});
