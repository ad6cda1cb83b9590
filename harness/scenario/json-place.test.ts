import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { placeInJson } from './json-place.ts';

const text = `{
  "id": "a, \\"b\\"",
  "list": [ 1, { "x": [true, {}] },
    "end" ],
  "": { "last": null }
}`;

describe('placeInJson', () => {
  it.each<[PropertyKey[], string]>([
    [[], '1:1'],
    [['id'], '2:3'],
    [['list'], '3:3'],
    [['list', 0], '3:13'],
    [['list', 1, 'x', 1], '3:30'],
    [['list', 2], '4:5'],
    [['', 'last'], '5:9'],
    [['list', 7, 'x'], '3:3'],
    [['id', 'deeper'], '2:3'],
    [['nowhere'], '1:1'],
  ])('finds %j at %s', (path, place) => {
    const { line, column } = placeInJson(text, path);
    expect(`${line}:${column}`).toBe(place);
  });

  it('finds every value of every document, however it is laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, 3), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        for (const { path, value: inside } of valuesIn(value as Json)) {
          const { line, column } = placeInJson(json, path);
          const rest = json
            .split('\n')
            .slice(line - 1)
            .join('\n')
            .slice(column - 1);
          const last = path.at(-1);
          const start =
            typeof last === 'string' ? JSON.stringify(last) : JSON.stringify(inside, null, indent)[0];
          expect(rest.startsWith(start ?? '')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function valuesIn(value: Json, path: PropertyKey[] = []): { path: PropertyKey[]; value: Json }[] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => valuesIn(item, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, item]) => valuesIn(item, [...path, name]))
      : [];
  return [{ path, value }, ...inside];
}
