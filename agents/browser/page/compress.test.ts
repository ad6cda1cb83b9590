import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { compress } from './compress.ts';
import { tokensOf } from './tokens.ts';

function documentOf(body: string): Document {
  return parseHTML(`<html><head><title>T</title></head><body>${body}</body></html>`)
    .document as unknown as Document;
}
const textOf = (body: string) => compress(documentOf(body)).text;

describe('a page as text', () => {
  it('has words, headings and numbered controls in the order in which they are read', () => {
    expect(
      textOf(`<style>p{}</style><script>var x</script><h1>Lamps &amp; more</h1><p>Two   <b>left</b>.</p>
        <form><label for="q">Search</label><input id="q" name="q" value="oil"><button>Go</button></form>
        <p><a href="next">Next</a> <a href="#top">Up</a> <a href="javascript:x()">Run</a></p>`),
    ).toBe('# Lamps & more\nTwo left.\n[1 text] Search: "oil" [2 button] Go\n[3] Next');
  });

  it('says what fields hold', () => {
    expect(
      textOf(`<form><label><input type="checkbox" name="a" checked> Agree</label>
        <label><input type="radio" name="b" value="1"> Fast</label><input type="hidden" name="c" value="1">
        <select name="size"><option value="s">Small</option><option value="l" selected>Large</option></select>
        <textarea aria-label="Words">Hi</textarea><input type="submit" value="Send"></form>`),
    ).toBe(
      '[1 check] Agree: on [2 radio] Fast: off [3 select] size: "Large" of Small / Large [4 text] Words: "Hi" [5 button] Send',
    );
  });

  it('shows nothing that cannot be seen', () => {
    expect(
      textOf(
        '<p hidden>a</p><p style="display: none">b</p><p aria-hidden="true">c</p><template><p>d</p></template><svg><text>e</text></svg><noscript>f</noscript><button disabled>g</button><p>h</p>',
      ),
    ).toBe('g\nh');
  });

  it('puts what is alike into lists, rows of tables into lines, navigation and footers into one line', () => {
    const rows = ['a', 'b', 'c', 'd'].map(
      (name) => `<tr><td>${name}</td><td>1</td><td><button>Stop</button></td></tr>`,
    );
    expect(
      textOf(`<nav><ul><li><a href="x">X</a></li><li><a href="y">Y</a></li></ul></nav>
        <table><tbody>${rows.join('')}</tbody></table><footer><p>End</p></footer>`),
    ).toBe(
      'nav: [1] X [2] Y\n- a | 1 | [3 button] Stop\n- b | 1 | [4 button] Stop\n- c | 1 | [5 button] Stop\n- d | 1 | [6 button] Stop\nfooter: End',
    );
  });
});

describe('a page that is long', () => {
  const long = `<h1>Things</h1><ul>${Array.from({ length: 500 }, (_, index) => `<li><a href="t/${index}">Thing number ${index} of this long list</a></li>`).join('')}</ul><p>After</p>`;

  it('keeps the budget, says how much is left, and keeps its numbers', () => {
    const { text, tokens } = compress(documentOf(long));
    expect(tokens).toBeLessThanOrEqual(2000);
    expect(tokens).toBe(tokensOf(text));
    expect(text).toMatch(/^# Things\n- \[1\] Thing number 0 .*\n[\s\S]*\n\(\d+ more: section 1\)\nAfter$/);
  });

  it('shows all of a list, window by window', () => {
    const seen = new Set<string>();
    let from = 0;
    for (let windows = 0; windows < 100; windows++) {
      const { text } = compress(documentOf(long), { windows: new Map([[1, from]]) });
      const numbers = [...text.matchAll(/^- \[(\d+)\]/gm)].map(([, number = '']) => number);
      for (const number of numbers) seen.add(number);
      from += numbers.length;
      if (!text.includes('more: section 1')) break;
    }
    expect(seen.size).toBe(500);
  });

  it('is cut as a whole where nothing in it is alike', () => {
    const prose = Array.from(
      { length: 300 },
      (_, index) => `<h2>Clause ${index}</h2><p>${'All of this is so. '.repeat(6)}</p>`,
    ).join('');
    const { text, tokens, sections } = compress(documentOf(prose));
    expect(tokens).toBeLessThanOrEqual(2000);
    const rest = Number(/\((\d+) more: section 0\)$/.exec(text)?.[1]);
    expect(rest).toBe((sections.get(0) ?? 0) - (text.split('\n').length - 1));
  });

  it('keeps the budget and every number within the elements, whatever the page', () => {
    const leaf = fc.oneof(
      fc.string({ maxLength: 300 }).map((text) => text.replace(/[<>&]/g, ' ')),
      fc.constant('<a href="x">link</a>'),
      fc.constant('<button>press</button>'),
    );
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(
            fc.constantFrom('div', 'p', 'ul', 'li', 'table', 'nav', 'span', 'section'),
            fc.array(tie('node'), { maxLength: 12 }),
          )
          .map(([name, children]) => `<${name}>${children.join('')}</${name}>`),
      ),
    }));
    fc.assert(
      fc.property(fc.array(node, { maxLength: 30 }), (nodes) => {
        const { text, tokens, outline } = compress(documentOf(nodes.join('')), { budget: 400 });
        expect(tokens).toBeLessThanOrEqual(400);
        const numbers = [...text.matchAll(/\[(\d+)(?: button)?\] (?:link|press)/g)].map(([, number]) =>
          Number(number),
        );
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        expect(numbers.every((number) => number >= 1 && number <= outline.elements.length)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
