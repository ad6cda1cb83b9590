import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('quotes what would break a row, and keeps numbers and what is absent', () => {
    expect(
      toCsv(
        ['lead', 'replies'],
        [
          ['a "b",\nc', 2],
          [null, -1.5],
          [true, 0],
        ],
      ),
    ).toBe('lead,replies\r\n"a ""b"",\nc",2\r\n,-1.5\r\ntrue,0\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('lets no spreadsheet run %j', (text) => {
    expect(toCsv(['x'], [[text]])).toMatch(/^x\r\n"?'/);
  });
});
