import { describe, expect, it } from 'vitest';
import { queryTable } from './query-table.ts';

describe('queryTable', () => {
  it('aligns texts to the left and numbers to the right', () => {
    const table = queryTable(
      ['model', 'calls', 'usd'],
      ['LowCardinality(Nullable(String))', 'UInt64', 'Nullable(Float64)'],
      [
        ['gpt-4o-mini', '12', 0.5],
        [null, '9007199254740993', null],
      ],
    );
    expect(table.split('\n')).toEqual([
      'model                   calls  usd',
      '───────────  ────────────────  ───',
      'gpt-4o-mini                12  0.5',
      '∅            9007199254740993    ∅',
      '',
    ]);
  });

  it('keeps a row to its line, and a cell to 80 characters', () => {
    const [, , row = ''] = queryTable(
      ['a', 'b'],
      ['String', 'Array(String)'],
      [['x'.repeat(90), ['y']]],
    ).split('\n');
    expect(row).toBe(`${'x'.repeat(79)}…  ["y"]`);
    expect(queryTable(['a'], ['String'], [['two\nlines \u001b[31mred']])).toMatch(/^two⏎lines �\[31mred$/m);
  });

  it('shows the columns of an empty answer', () => {
    expect(queryTable(['a'], ['String'], [])).toBe('a\n─\n');
  });
});
