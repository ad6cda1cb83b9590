import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../domain/json.ts';
import { floatText, pythonJson, pythonRepr, pythonStr } from './python-text.ts';

describe('pythonJson', () => {
  it.each<[Json, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"b": 1, "a": [true, null, "x"]}'],
    [{ list: [], object: {} }, '{"list": [], "object": {}}'],
    ['a/b "c" \\ \n\r\t\b\f', '"a/b \\"c\\" \\\\ \\n\\r\\t\\b\\f"'],
    ['\u0001\u007f\u00e9\u2028', '"\\u0001\\u007f\\u00e9\\u2028"'],
    ['😀', '"\\ud83d\\ude00"'],
    [305, '305'],
    [-0, '0'],
    [0.1, '0.1'],
    [2 ** 70, '1180591620717411303424'],
  ])('writes %j as %s', (value, text) => {
    expect(pythonJson(value)).toBe(text);
  });

  it('reads back as the same value, in ASCII and on one line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = pythonJson(value as Json);
        expect(text).toMatch(/^[ -~]*$/);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('floatText', () => {
  it.each<[number, string]>([
    [55, '55.0'],
    [0.33, '0.33'],
    [-114, '-114.0'],
    [-0, '-0.0'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [1.25e21, '1.25e+21'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [1e300, '1e+300'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NaN, 'nan'],
  ])('writes %d as %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  it('reads back as the same float, and never as an integer', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(Number(floatText(value)), value)).toBe(true);
        expect(floatText(value)).toMatch(/[.e]/);
      }),
    );
  });
});

describe('pythonRepr', () => {
  it.each<[Json, string]>([
    [null, 'None'],
    [[true, 'a', { k: false }], "[True, 'a', {'k': False}]"],
    ["it's", '"it\'s"'],
    [`it's "so"`, `'it\\'s "so"'`],
    ['a\\\n\t\u007f\u00a0é\u200b\u{e0001}', "'a\\\\\\n\\t\\x7f\\xa0é\\u200b\\U000e0001'"],
  ])('writes %j as %s', (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });

  it('is not applied to a bare text', () => {
    expect(pythonStr("it's")).toBe("it's");
    expect(pythonStr(['a'])).toBe("['a']");
  });
});
