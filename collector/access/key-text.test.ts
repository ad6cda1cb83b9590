import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, drawKey, keyIdOf } from './key-text.ts';

describe('the text of a key', () => {
  it('is known by its form and its checksum', () => {
    const { id, text, digest } = drawKey();
    expect(text).toMatch(/^rhk_[0-9A-Za-z]{57}$/);
    expect(keyIdOf(text)).toBe(id);
    expect(digestOf(text)).toBe(digest);
    expect(text).not.toBe(drawKey().text);
  });

  it('is none with any one sign changed', () => {
    const { text } = drawKey();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.constantFrom(...'0aZ_-'), (at, sign) => {
        fc.pre(text[at] !== sign);
        expect(keyIdOf(text.slice(0, at) + sign + text.slice(at + 1))).toBeNull();
      }),
    );
  });
});
