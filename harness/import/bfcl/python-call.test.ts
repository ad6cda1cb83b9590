import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import { parsePythonCall } from './python-call.ts';

/** A value as Python would write it. */
function python(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  return `{${Object.entries(value).map(([key, member]) => `${python(key)}: ${python(member)}`)}}`;
}

describe('a call of Python', () => {
  it.each<[string, ReturnType<typeof parsePythonCall>]>([
    ['ls()', { name: 'ls', positional: [], named: {} }],
    ["sort('a.pdf')", { name: 'sort', positional: ['a.pdf'], named: {} }],
    [
      "post(content=\"it's\", tags=['#a','#b'],)",
      { name: 'post', positional: [], named: { content: "it's", tags: ['#a', '#b'] } },
    ],
    [
      'f(True, x = -1.5e3, y={"a": (1, None)})',
      { name: 'f', positional: [true], named: { x: -1500, y: { a: [1, null] } } },
    ],
    [
      String.raw`echo(content='a\nb \'c\' \x41')`,
      { name: 'echo', positional: [], named: { content: "a\nb 'c' A" } },
    ],
  ])('reads %s', (source, call) => {
    expect(parsePythonCall(source)).toEqual(call);
  });

  it('reads back every value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 2 }), (first, second) => {
        const { positional, named } = parsePythonCall(
          `f(${python(first as Json)}, x=${python(second as Json)})`,
        );
        expect(JSON.stringify([positional, named])).toBe(JSON.stringify([[first], { x: second }]));
      }),
    );
  });

  it.each(['', 'f', 'f(', 'f(a)', 'f(1', "f('a)", 'f(1) + g(2)', 'f(x=)', 'import os'])(
    'refuses %j',
    (source) => {
      expect(() => parsePythonCall(source)).toThrow(SyntaxError);
    },
  );
});
