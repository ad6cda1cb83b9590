import type { AnyValue, KeyValue } from '../otlp/any-value.ts';

/** A value as its text and one letter for its type; `j` is OTLP's JSON of it. See schema/0002-span-payloads.sql. */
export type TypedText = { letter: 's' | 'i' | 'd' | 'b' | 'j'; text: string };

export function typedText(value: AnyValue): TypedText {
  if ('stringValue' in value) return { letter: 's', text: value.stringValue };
  if ('intValue' in value) return { letter: 'i', text: value.intValue };
  if ('doubleValue' in value) return { letter: 'd', text: String(value.doubleValue) };
  if ('boolValue' in value) return { letter: 'b', text: String(value.boolValue) };
  return { letter: 'j', text: JSON.stringify(value) };
}

/** The pairs of a Map column, in their order, and the letters of their values. */
export function attributeColumns(attributes: readonly KeyValue[]): {
  pairs: [string, string][];
  letters: string;
} {
  const typed = attributes.map(({ key, value }) => ({ key, ...typedText(value) }));
  return {
    pairs: typed.map(({ key, text }) => [key, text]),
    letters: typed.map(({ letter }) => letter).join(''),
  };
}
