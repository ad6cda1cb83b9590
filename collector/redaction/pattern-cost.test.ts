import { describe, expect, it } from 'vitest';
import { patternCost } from './pattern-cost.ts';

describe('patternCost', () => {
  it.each([
    ['abc', 3, 3],
    ['[a-z\\]]\\d\\p{Lu}\\u0041\\x41', 5, 5],
    ['^\\bab\\b$', 2, 2],
    ['a|bcd', 4, 1],
    ['(?:ab){3}', 6, 6],
    ['a{2,4}', 4, 2],
    ['a?b', 1 + 2, 1],
    ['a{0,9}a{0,9}', 9 + 10 * 9, 0],
    ['(?:a|a){3}', 2 + 4 + 8, 3],
    ['(?:a{0,3}){3}', 3 + 4 * 3 + 16 * 3, 0],
    ['(?=a{0,9})b', 9 + 1, 1],
    ['(?<!x)(?<name>b)', 2, 1],
    ['\\\\{2}', 2, 2],
    ['', 0, 0],
  ])('%s', (pattern, steps, shortest) => {
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
    expect(patternCost(pattern)).toEqual({ steps, shortest });
  });

  it.each(['a+', 'a*', 'a{2,}', '(?:a|b)*c', 'a+?', '(a)\\1', '(?<x>a)\\k<x>', 'a{1,99999}'])(
    'refuses %s',
    (pattern) => {
      expect(() => new RegExp(pattern, 'u')).not.toThrow();
      expect(() => patternCost(pattern)).toThrow();
    },
  );

  it('takes a plus and a brace for what they are in a class', () => {
    expect(patternCost('[+*]\\+[{}]')).toEqual({ steps: 3, shortest: 3 });
  });
});
