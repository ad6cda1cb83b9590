import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';

const placeOf = (id: number) => ({ micros: 1_795_348_800_000_000 + id, id: `run-${id}.a` });

describe('a page', () => {
  it('gives each row once and ends with null', () => {
    expect(toPage([1, 2, 3], 2, placeOf)).toEqual({ items: [1, 2], next: encodeCursor(placeOf(2)) });
    expect(toPage([1, 2], 2, placeOf)).toEqual({ items: [1, 2], next: null });
    expect(toPage([], 2, placeOf)).toEqual({ items: [], next: null });
  });

  it('finds its place again', () => {
    fc.assert(
      fc.property(fc.nat(), (id) => {
        expect(decodeCursor(encodeCursor(placeOf(id)))).toEqual(placeOf(id));
      }),
    );
  });

  it.each(['', 'x', '5', '5.', '.a', "5.'; DROP", '99999999999999999999.a'])(
    'refuses the cursor %j',
    (text) => {
      expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    },
  );
});
