import { describe, expect, it } from 'vitest';
import { alignedLines } from './aligned-lines.ts';

describe('alignedLines', () => {
  it('sets words left, figures right, and leaves no space at the end', () => {
    const rows = [
      ['name', 'n', 'note'],
      ['a', '100', ''],
      ['longer', '7'],
    ];
    expect(alignedLines(rows, (column) => column !== 1)).toEqual([
      'name      n  note',
      'a       100',
      'longer    7',
    ]);
    expect(alignedLines(rows)[0]).toBe('name      n  note');
    expect(alignedLines([])).toEqual([]);
  });
});
