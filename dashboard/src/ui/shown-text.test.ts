import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownLabel, shownText } from './shown-text.ts';

describe('shownText', () => {
  it('shows what has no look, and leaves the rest as it is', () => {
    expect(shownText('a\u0000b\u001b[31m')).toBe('a‹U+0000›b‹U+001B›[31m');
    expect(shownText('safe\u202egpj.exe')).toBe('safe‹U+202E›gpj.exe');
    expect(shownText('two\n\tlines, שלום 🙅 <b>')).toBe('two\n\tlines, שלום 🙅 <b>');
  });

  it('changes nothing twice', () => {
    const signs = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(signs, (text) => {
        expect(shownText(shownText(text))).toBe(shownText(text));
      }),
    );
  });
});

describe('shownLabel', () => {
  it('keeps a name on one line, of a length that a row can hold, and whole signs', () => {
    expect(shownLabel('one\ntwo')).toBe('one two');
    expect(shownLabel('x'.repeat(1_000_000))).toHaveLength(201);
    expect(shownLabel(`${'x'.repeat(199)}🙅`).isWellFormed()).toBe(true);
  });
});
