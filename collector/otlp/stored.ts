import { type AnyValue, doubleValue, type KeyValue } from './any-value.ts';

/**
 * The attributes of a span as `span_payloads` has them: keys, values as text, and one letter for the type of each (s text,
 * i integer, d double, b boolean, j anything else as OTLP's JSON). What comes back is what was decoded when it arrived.
 */
export function storedAttributes(
  keys: readonly string[],
  values: readonly string[],
  types: string,
): KeyValue[] {
  return keys.map((key, index) => ({ key, value: storedValue(values[index] ?? '', types[index] ?? 's') }));
}

/** A value as its text and its letter; see above. */
export function storedValue(text: string, type: string): AnyValue {
  switch (type) {
    case 'i':
      return { intValue: text };
    case 'd':
      return doubleValue(Number(text));
    case 'b':
      return { boolValue: text === 'true' };
    case 'j':
      return JSON.parse(text) as AnyValue;
    default:
      return { stringValue: text };
  }
}

/** A stored list of events or links; empty text is an empty list. */
export function storedList(json: string): unknown[] {
  return json === '' ? [] : (JSON.parse(json) as unknown[]);
}
