import { expect, it } from 'vitest';
import type { Matcher } from './matcher.ts';
import { matcherWords } from './matcher-words.ts';

it.each<[Matcher, string]>([
  [{ is: 'exact', value: 'won' }, 'won'],
  [{ is: 'exact', value: { a: 1 } }, '{"a":1}'],
  [{ is: 'oneOf', values: ['a', null] }, 'one of a, null'],
  [{ is: 'noneOf', values: ['a', 1] }, 'none of a, 1'],
  [{ is: 'id', name: 'thread' }, 'the id “thread”'],
  [{ is: 'near', value: 25, tolerance: 1 }, '25 ± 1'],
  [{ is: 'within', time: '2026-03-02T10:00:00Z', seconds: 60 }, '2026-03-02T10:00:00Z ± 60 s'],
  [{ is: 'pattern', source: 'demo' }, '/demo/'],
  [{ is: 'anyText' }, 'any text'],
  [{ is: 'any' }, 'anything'],
  [{ is: 'set', values: [1, 2] }, '1, 2 in any order'],
])('%j reads %s', (matcher, words) => {
  expect(matcherWords(matcher)).toBe(words);
});
