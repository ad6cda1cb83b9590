import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELEVANCE_OF, readTouch } from './read-touch.ts';

const reader = {
  name: 'Priya Nair',
  company: 'Ferrostack',
  title: 'Head of Operations',
  facts: ['Ferrostack opens a plant in Porto', 'It grew by 12 % last year.'],
};

describe('readTouch', () => {
  it('tells a message to anybody from one to this reader', () => {
    expect(readTouch('Dear Sir or Madam, buy now.', reader).relevance).toBe(0);
    expect(readTouch('Hi Priya, how does Ferrostack find customers?', reader).relevance).toBeCloseTo(0.35);
    const all = 'Hi Priya, as head of\noperations: Ferrostack opens a plant in Porto.';
    expect(readTouch(all, reader)).toEqual({ relevance: 1, trueClaims: 1, falseClaims: 0, words: 12 });
  });

  it('counts claims that the facts bear out, and figures that they do not', () => {
    expect(readTouch('We bring you 40 % more replies, 3 times as fast.', reader)).toMatchObject({
      trueClaims: 0,
      falseClaims: 2,
    });
    expect(readTouch('It grew by 12 % last year!', reader)).toMatchObject({ trueClaims: 1, falseClaims: 0 });
    expect(readTouch('See you at 15:00, 30 minutes.', reader).falseClaims).toBe(0);
  });

  it('gives a relevance of 0 to 1 for any text', () => {
    expect(Object.values(RELEVANCE_OF).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { relevance, words } = readTouch(text, reader);
        expect(relevance >= 0 && relevance <= 1 && words >= 0).toBe(true);
      }),
    );
  });
});
