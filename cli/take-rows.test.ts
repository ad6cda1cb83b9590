import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeRows } from './take-rows.ts';

function take(pieces: readonly string[], limit: number, headers = 0, quoted = false) {
  const gate = takeRows(limit, { headers, quoted });
  const shown = pieces.map((piece) => Buffer.from(gate.pass(Buffer.from(piece))).toString()).join('');
  return { shown, rows: gate.rows(), more: gate.more() };
}

describe('takeRows', () => {
  it('lets all rows through where there are no more', () => {
    expect(take(['a\nb\n'], 2)).toEqual({ shown: 'a\nb\n', rows: 2, more: false });
    expect(take([], 2)).toEqual({ shown: '', rows: 0, more: false });
  });

  it('ends after the last row and says that more came', () => {
    expect(take(['a\nb\nc\n'], 2)).toEqual({ shown: 'a\nb\n', rows: 2, more: true });
  });

  it('does not count the header, nor a line break in a quoted text', () => {
    expect(take(['"x"\n"a\n""b"\n"c"\n'], 1, 1, true)).toEqual({
      shown: '"x"\n"a\n""b"\n',
      rows: 1,
      more: true,
    });
  });

  it('does not mind where the bytes are cut', () => {
    const field = fc.stringMatching(/^[a"\n,]{0,8}$/);
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 8 }),
        fc.nat({ max: 9 }),
        fc.nat({ max: 30 }),
        (fields, limit, cut) => {
          const rows = fields.map((text) => `"${text.replaceAll('"', '""')}"\n`);
          const all = rows.join('');
          expect(take([all.slice(0, cut), all.slice(cut)], limit, 0, true)).toEqual({
            shown: rows.slice(0, limit).join(''),
            rows: Math.min(limit, rows.length),
            more: rows.length > limit,
          });
        },
      ),
    );
  });
});
