import type { Json, JsonObject } from '../../domain/json.ts';

/**
 * An OTLP attribute value in the normal form of its JSON encoding: 64-bit integers as decimal text, bytes as base64,
 * doubles that JSON cannot carry (NaN, Infinity, -Infinity, -0) as text. `{}` is the empty value. Nothing is lost
 * between the wire and the store, since this is what is stored.
 */
export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: KeyValue[] } }
  | { bytesValue: string }
  | { [key in never]: never };

/** Keys may occur more than once in a list. */
export type KeyValue = { key: string; value: AnyValue };

/** Deeper values are refused: as deep as protobuf libraries follow. */
export const MAX_DEPTH = 100;

export function doubleValue(value: number): AnyValue {
  if (Number.isFinite(value) && !Object.is(value, -0)) return { doubleValue: value };
  if (Number.isNaN(value)) return { doubleValue: 'NaN' };
  if (value === 0) return { doubleValue: '-0' };
  return { doubleValue: value > 0 ? 'Infinity' : '-Infinity' };
}

/**
 * The value as plain JSON, for people and for scorers. Integers beyond 2^53 and bytes become text; of a repeated key
 * the last stays.
 */
export function plainJson(value: AnyValue): Json {
  if ('stringValue' in value) return value.stringValue;
  if ('boolValue' in value) return value.boolValue;
  if ('intValue' in value) {
    const number = Number(value.intValue);
    return Number.isSafeInteger(number) ? number : value.intValue;
  }
  if ('doubleValue' in value) return value.doubleValue === '-0' ? 0 : value.doubleValue;
  if ('bytesValue' in value) return value.bytesValue;
  if ('arrayValue' in value) return value.arrayValue.values.map(plainJson);
  if ('kvlistValue' in value) return plainObject(value.kvlistValue.values);
  return null;
}

export function plainObject(list: readonly KeyValue[]): JsonObject {
  return Object.fromEntries(list.map(({ key, value }) => [key, plainJson(value)]));
}

/** The value of a key; where it is repeated, the last. */
export function attributeMap(list: readonly KeyValue[]): ReadonlyMap<string, AnyValue> {
  return new Map(list.map(({ key, value }) => [key, value]));
}
