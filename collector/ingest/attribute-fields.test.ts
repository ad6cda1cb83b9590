import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeReader } from '../dialects/attribute-reader.ts';
import { type KeyValue, plainJson } from '../otlp/any-value.ts';
import { field, keyValues, message } from '../otlp/protobuf-encoder.ts';
import { WireCursor } from '../otlp/wire-cursor.ts';
import { arbitraryValue } from '../testing/arbitrary-span.ts';
import { AttributeFields, keysOf } from './attribute-fields.ts';
import { AttributeTable } from './attribute-table.ts';

const TABLE = { one: ['a', 'b', 'c'], two: ['c', 'a'], three: ['d'], four: ['e'] };
const FIELDS = [0, 1, 2, 3];

const table = new AttributeTable(keysOf(TABLE));
const fields = new AttributeFields<number>(TABLE, table);

function read(attributes: readonly KeyValue[]): void {
  const cursor = new WireCursor(message((out) => keyValues(out, 9, attributes)));
  table.begin(cursor);
  fields.begin();
  const end = cursor.bytes.length;
  while (cursor.at < end) {
    cursor.tag(end);
    table.read(cursor, cursor.contentEnd(end));
    fields.collect(table.count - 1);
  }
}

const texts = fc.constantFrom('', ' ', '12', '-1.5', '1e3', '{"a":[1]}', '["x"]', '[1', '"quoted"', 'NaN');
const value = fc.oneof(
  arbitraryValue,
  texts.map((stringValue) => ({ stringValue })),
);
const pairs = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'other', ''), value }), {
  maxLength: 8,
});

describe('AttributeFields', () => {
  it('answers as the reader of decoded attributes does', () => {
    fc.assert(
      fc.property(pairs, (attributes) => {
        read(attributes);
        const expected = attributeReader<number>(TABLE)(attributes);
        for (const name of FIELDS) {
          expect(fields.has(name)).toBe(expected.has(name));
          expect(fields.text(name)).toBe(expected.text(name));
          expect(fields.number(name)).toBe(expected.number(name));
          expect(fields.count(name)).toBe(expected.count(name));
          expect(fields.list(name)).toEqual(expected.list(name));
          expect(fields.json(name)).toEqual(expected.json(name));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('AttributeTable', () => {
  it('decodes every value as it was encoded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.string({ unit: 'binary' }), value }), { maxLength: 100 }),
        (list) => {
          read(list);
          expect(table.count).toBe(list.length);
          for (const [index, pair] of list.entries()) {
            expect(table.keys.text(table.keyId(index))).toBe(pair.key);
            expect(table.plain(index)).toEqual(plainJson(pair.value));
          }
        },
      ),
    );
  });

  it('takes key and value in any order, and the last of several', () => {
    const cursor = new WireCursor(
      message((out) => {
        const value = (number: number) => field(out, 2, (any) => any.raw(Buffer.from([24, number])));
        value(1);
        field(out, 7, (unknown) => unknown.byte(1));
        field(out, 1, (key) => key.raw(Buffer.from('first')));
        value(2);
        field(out, 1, (key) => key.raw(Buffer.from('last')));
      }),
    );
    table.begin(cursor);
    table.read(cursor, cursor.bytes.length);
    expect([table.keys.text(table.keyId(0)), table.plain(0)]).toEqual(['last', 2]);
  });
});
