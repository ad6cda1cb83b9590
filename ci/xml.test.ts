import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml } from './parse-xml.ts';
import { element, xmlDocument } from './xml.ts';

/** Texts full of what XML treats as special. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      ']]>',
      '<![CDATA[',
      '&amp;',
      '\n',
      '\r',
      '\t',
      ' ',
      '\u0000',
      '\u001b',
      '\ud800',
      '\uffff',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
  ),
});

/** What comes back of a text: all of it, but for what XML 1.0 cannot carry. */
function carried(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const white = code === 9 || code === 10 || code === 13;
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    return (code < 32 && !white) || surrogate || code === 0xfffe || code === 0xffff ? '\ufffd' : character;
  }).join('');
}

describe('element', () => {
  it('nests elements, and leaves out attributes that are null', () => {
    expect(element('a', { x: 1, y: null }, [element('b', {}, []), element('c', {}, [], 't')])).toBe(
      '<a x="1">\n<b/>\n<c>t</c>\n</a>',
    );
  });

  it('carries any text through a document and back', () => {
    fc.assert(
      fc.property(hostile, hostile, (attribute, text) => {
        const root = parseXml(xmlDocument(element('a', { attribute }, [], text)));
        expect(root).toEqual({
          name: 'a',
          attributes: { attribute: carried(attribute) },
          children: [],
          text: carried(text),
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('the parser of these tests', () => {
  it.each([
    ['an open element', '<a>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['a bare ampersand', '<a>&</a>'],
    ['a bare < in an attribute', '<a b="<"/>'],
    ['the end of a CDATA section in text', '<a>]]></a>'],
    ['an attribute given twice', '<a b="" b=""/>'],
    ['an unquoted attribute', '<a b=c/>'],
    ['a control character', '<a>\u001b</a>'],
    ['a reference to one', '<a>&#27;</a>'],
  ])('refuses %s', (_, text) => {
    expect(() => parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`)).toThrow();
  });
});
