import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSource } from '../store/byte-source.ts';
import { Interner } from './interner.ts';

function idOf(interner: Interner, text: string | Buffer): number {
  const source = new ByteSource(Buffer.from(text));
  return interner.id(source, 0, source.bytes.length);
}

describe('Interner', () => {
  it('gives one number to the same bytes, and different numbers to different ones', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(texts, fc.integer(), (words, seed) => {
        const interner = new Interner({ seed });
        const known = new Map<string, number>();
        for (const word of words) {
          const id = idOf(interner, word);
          expect(id).toBe(known.get(word) ?? known.size);
          known.set(word, id);
        }
        for (const [word, id] of known) {
          expect(interner.text(id)).toBe(word);
          expect(idOf(interner, word)).toBe(id);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('finds a part of a larger source', () => {
    const interner = new Interner();
    const source = new ByteSource(Buffer.from('..gen_ai.system..gen_ai.system'));
    const id = interner.id(source, 2, 15);
    expect(interner.id(source, 17, 30)).toBe(id);
    expect(interner.text(id)).toBe('gen_ai.system');
  });

  it('takes a guess for no more than that', () => {
    const interner = new Interner({ keep: ['a', 'b'] });
    const source = new ByteSource(Buffer.from('b'));
    for (const guess of [0, 1, 2, 4_000_000_000]) expect(interner.idLike(guess, source, 0, 1)).toBe(1);
  });

  it('keeps what it was told to keep when it forgets the rest', () => {
    const interner = new Interner({ keep: ['a', 'b', 'a'], maxEntries: 1000 });
    for (let number = 0; number < 998; number++) idOf(interner, `text ${number}`);
    expect([interner.trim(), interner.size]).toEqual([false, 1000]);
    idOf(interner, 'one more');
    expect([interner.trim(), interner.size]).toEqual([true, 2]);
    expect([idOf(interner, 'b'), idOf(interner, 'text 5'), idOf(interner, 'a')]).toEqual([1, 2, 0]);
    expect(interner.text(2)).toBe('text 5');
  });

  it('forgets by bytes too', () => {
    const interner = new Interner({ maxBytes: 1000 });
    idOf(interner, 'x'.repeat(1001));
    expect(interner.trim()).toBe(true);
    expect(interner.size).toBe(0);
  });

  it('gives bytes that are not UTF-8 a text that is', () => {
    const interner = new Interner();
    const broken = idOf(interner, Buffer.from([0x61, 0xff]));
    expect(interner.text(broken)).toBe('a\ufffd');
    expect(idOf(interner, 'a\ufffd')).not.toBe(broken);
  });
});
