import { describe, expect, it } from 'vitest';
import { corpusOf, rankByBm25 } from './bm25.ts';
import { findFiles, prepare } from './find-files.ts';
import { outlineOf } from './outline.ts';
import { bagText, RepositoryIndex } from './repository-index.ts';
import { bagOf, stem, termsOf } from './terms.ts';

describe('terms', () => {
  it('brings identifiers and prose together', () => {
    expect(termsOf('setSignedCookie')).toEqual(['setsignedcooki', 'set', 'sign', 'cooki']);
    expect(termsOf('The cookies that were signed')).toEqual(['cooki', 'sign']);
    expect(termsOf('HTTPException')).toEqual(['httpexception', 'http', 'exception']);
  });

  it.each([
    ['retries', 'retried'],
    ['compressed', 'compress'],
    ['cookies', 'cookie'],
    ['stopping', 'stop'],
    ['classes', 'class'],
  ])('cuts %s and %s to the same stem', (one, other) => {
    expect(stem(one)).toBe(stem(other));
  });
});

describe('BM25', () => {
  const corpus = (texts: Record<string, string>) =>
    corpusOf(Object.entries(texts).map(([id, text]) => ({ id, bag: bagOf(text) })));

  it('gives the figure of the formula', () => {
    // One of two documents holds the term, once; it is twice as long as the other: mean length 1.5.
    const [only] = rankByBm25(bagOf('cookie'), corpus({ a: 'cookie jar', b: 'header' }));
    const rarity = Math.log(1 + 1.5 / 1.5);
    expect(only?.score).toBeCloseTo((rarity * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 2) / 1.5)), 12);
  });

  it('prefers what is rare, what is repeated and what is short, and leaves out what shares nothing', () => {
    const texts = {
      rare: 'digest header',
      common: 'header header',
      long: `digest ${'filler '.repeat(50)}`,
      none: 'other',
    };
    expect(rankByBm25(bagOf('digest header'), corpus(texts)).map(({ id }) => id)).toEqual([
      'rare',
      'common',
      'long',
    ]);
  });
});

describe('the outline of a file', () => {
  const paths = new Set(['src/a.ts', 'src/b/index.ts', 'src/utils/c.ts', 'lib/d.js']);

  it('names its exports, of every form', () => {
    const text = [
      'export const one = 1',
      'export async function two() {}',
      "export type { Three } from './b'",
      'export { four as five }',
      'export abstract class Six {}',
    ].join('\n');
    expect(outlineOf('src/a.ts', text, paths).exports).toEqual(['one', 'two', 'Six', 'Three', 'five']);
    expect(
      outlineOf('lib/d.js', 'exports.seven = eight;\nmodule.exports = { nine, ten: ten2 }', paths).exports,
    ).toEqual(['seven', 'nine', 'ten2']);
  });

  it('finds the files that it imports, and passes over packages', () => {
    const text = [
      "import './b'",
      "import { c } from '#utils/c'",
      'import d from "../lib/d.js"',
      "require('node:fs')",
      "import z from 'zod'",
    ].join('\n');
    expect(outlineOf('src/a.ts', text, paths).imports).toEqual([
      'src/b/index.ts',
      'src/utils/c.ts',
      'lib/d.js',
    ]);
  });

  it('has every line in some chunk', () => {
    const lines = Array.from({ length: 137 }, (_, line) => `line${line}`);
    const { chunks } = outlineOf('src/a.ts', lines.join('\n'), paths);
    expect(new Set(chunks.flatMap((chunk) => chunk.split('\n')))).toEqual(new Set(lines));
    expect(outlineOf('src/a.ts', '', paths).chunks).toEqual(['']);
  });
});

describe('finding files', () => {
  const file = (path: string, text: string, other: { imports?: string[]; questions?: string[] } = {}) => ({
    path,
    exports: [],
    imports: other.imports ?? [],
    questions: other.questions ?? [],
    chunks: [bagText(text)],
  });
  const stored = {
    version: 1,
    repository: 'a/b',
    head: 'x',
    model: 'm',
    files: [
      file('src/jar.ts', 'set header value secret', { imports: ['src/crypto.ts'] }),
      file('src/crypto.ts', 'subtle import key raw'),
      file('src/router.ts', 'route path match'),
      file('src/hidden.ts', 'xyz', { questions: ['Where do signatures get verified?'] }),
    ],
  };
  const index = prepare(RepositoryIndex.parse(stored));
  const none = { hypotheses: [], questions: false, where: false };

  it('goes by the text of the files', () => {
    expect(findFiles(index, 'Secret of a header', none)).toEqual(['src/jar.ts']);
    expect(findFiles(index, 'nothing alike', none)).toEqual([]);
  });

  it('finds more by each source', () => {
    expect(findFiles(index, 'signatures', none)).toEqual([]);
    expect(findFiles(index, 'signatures', { ...none, questions: true })).toEqual(['src/hidden.ts']);
    expect(findFiles(index, 'signatures', { ...none, hypotheses: ['match the route'] })).toEqual([
      'src/router.ts',
    ]);
    expect(findFiles(index, 'the jar', { ...none, where: true })).toEqual(['src/jar.ts', 'src/crypto.ts']);
    expect(findFiles(index, 'signatures', none, [['src/crypto.ts', 'src/router.ts']])).toEqual([
      'src/crypto.ts',
      'src/router.ts',
    ]);
  });

  it('lets a source add, not outvote the words of the request', () => {
    const sources = { hypotheses: ['route path match'], questions: true, where: true };
    expect(findFiles(index, 'secret header value', sources)[0]).toBe('src/jar.ts');
  });
});
