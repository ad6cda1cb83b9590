import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';
import type { Json } from './json.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

it('finds none in equal values, and one in others, whichever side is left', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(firstDifference(a, structuredClone(a))).toBeNull();
      const found = firstDifference(a, b);
      const equal = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(found === null).toBe(equal);
      if (found) expect(firstDifference(b, a)).not.toBeNull();
    }),
  );
});

it.each([
  [
    { a: 1, b: [1, 2] },
    { b: [1, 3], a: 1 },
    { path: 'b[1]', left: 2, right: 3 },
  ],
  [[{ id: 'x' }], [{ id: 'x' }, 7], { path: '[1]', left: undefined, right: 7 }],
  [{ a: null }, {}, { path: 'a', left: null, right: undefined }],
  [[], {}, { path: '', left: [], right: {} }],
])('says where %j and %j part', (left, right, found) => {
  expect(firstDifference(left as Json, right as Json)).toEqual(found);
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
