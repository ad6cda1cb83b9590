import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { code, codeBlock, codeCell, link, prose, table } from './markdown-text.ts';

const rendered = (markdown: string) => marked.parse(markdown, { gfm: true, async: false });
/** What a reader sees: no tags, entities decoded, without the blanks of no width. */
const seen = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '')
    .trim();
const tags = (html: string) => [...new Set([...html.matchAll(/<(\w+)/g)].map(([, name]) => name))];

const hostile = [
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](https://evil.test/p.png)',
  '</details><script>alert(1)</script>',
  '**bold** _it_ ~~gone~~ `code` ``two``',
  '| a | b |',
  '# heading',
  '- item',
  '1. item',
  '12) item',
  '&lt;b&gt; &amp;',
  '$x^2$ \\[a\\]',
  '> quote',
  '=== ---',
  'ends in a backslash \\',
  '`',
  '``` `a` ```',
];

describe('prose', () => {
  it.each(hostile)('shows %j as it is', (text) => {
    const html = rendered(`- ${prose(text)}`);
    expect(tags(html)).toEqual(['ul', 'li']);
    expect(seen(html)).toBe(text);
  });

  it.each(['https://evil.test/x', 'www.evil.test', 'me@evil.test', '@octocat', '#12', 'a/b#12', 'GH-12'])(
    'makes no link of %s',
    (text) => {
      expect(tags(rendered(prose(text)))).toEqual(['p']);
      expect(prose(text)).not.toMatch(/@\w|#\d|GH-\d|www\.|:\/\//);
    },
  );

  it('holds any text in one paragraph, and in one cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tags(rendered(`x ${prose(text)}`))).toEqual(['p']);
        const html = rendered(table(['a', 'b'], [[prose(text), 'end']]));
        expect(html.match(/<td/g)).toHaveLength(2);
        expect(html).toMatch(/<td>end<\/td>/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('code', () => {
  it.each(hostile)('shows %j as code', (text) => {
    const html = rendered(`x ${code(text)}`);
    expect(tags(html)).toEqual(['p', 'code']);
    expect(seen(html)).toBe(`x ${text}`);
    const cell = rendered(table(['a', 'b'], [[codeCell(text), 'end']]));
    expect(cell).toMatch(/<td>end<\/td>/);
    expect(seen(/<td><code>(.*)<\/code><\/td>/.exec(cell)?.[1] ?? '')).toBe(text);
  });

  it('keeps lines in one block', () => {
    const html = rendered(`${codeBlock(['```', '````', '</pre>\n<b>', '- x'])}\n\nafter`);
    expect(tags(html)).toEqual(['pre', 'code', 'p']);
    expect(seen(html)).toBe('```\n````\n</pre> <b>\n- x\n\nafter');
  });
});

describe('link', () => {
  it('holds an address, and is plain text without one', () => {
    expect(rendered(link('a', 'https://x.test/a(b) c'))).toContain(
      '<a href="https://x.test/a%28b%29%20c">a</a>',
    );
    expect(link('a', null)).toBe('a');
  });
});
