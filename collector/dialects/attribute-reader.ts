import type { Json } from '../../domain/json.ts';
import { type AnyValue, type KeyValue, plainJson } from '../otlp/any-value.ts';
import { embeddedJson } from './embedded-json.ts';
import type { FieldReader } from './field-reader.ts';
import { countOf, numberOf } from './plain-number.ts';

type Place = { field: number; rank: number };

/** A reader of decoded attributes for one table of fields (`FIELDS`, `RESOURCE_FIELDS`). */
export function attributeReader<F extends number>(
  table: Readonly<Record<string, readonly string[]>>,
): (attributes: readonly KeyValue[]) => FieldReader<F> {
  const places = placesByKey(table);
  return (attributes) => {
    const values = new Map<number, AnyValue>();
    const ranks = new Map<number, number>();
    for (const { key, value } of attributes) {
      if (isAbsent(value)) continue;
      for (const { field, rank } of places.get(key) ?? []) {
        if (rank > (ranks.get(field) ?? rank)) continue;
        values.set(field, value);
        ranks.set(field, rank);
      }
    }
    return readValues(values);
  };
}

function placesByKey(table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const [field, keys] of Object.values(table).entries()) {
    for (const [rank, key] of keys.entries()) {
      places.set(key, [...(places.get(key) ?? []), { field, rank }]);
    }
  }
  return places;
}

function readValues<F extends number>(values: ReadonlyMap<number, AnyValue>): FieldReader<F> {
  const plain = (field: F): Json => {
    const value = values.get(field);
    return value === undefined ? null : plainJson(value);
  };
  return {
    text(field) {
      const value = plain(field);
      return value === null || typeof value === 'object' ? null : String(value);
    },
    count: (field) => countOf(plain(field)),
    number: (field) => numberOf(plain(field)),
    list(field) {
      const value = plain(field);
      return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
    },
    json: (field) => embeddedJson(plain(field)),
    has: (field) => values.has(field),
  };
}

function isAbsent(value: AnyValue): boolean {
  if ('stringValue' in value) return value.stringValue === '';
  return Object.keys(value).length === 0;
}
