import type { AnyValue, KeyValue } from '../otlp/any-value.ts';

/** Attributes as their columns: see schema/0002-span-payloads.sql. */
export type AttributeColumns = { pairs: [string, string][]; letters: string };

export function attributeColumns(attributes: readonly KeyValue[]): AttributeColumns {
  const typed = attributes.map(({ key, value }) => ({ key, ...typedText(value) }));
  return {
    pairs: typed.map(({ key, text }) => [key, text]),
    letters: typed.map(({ letter }) => letter).join(''),
  };
}

/** A value as its text and one letter for its type; `j` is OTLP's JSON of it. */
export function typedText(value: AnyValue): { letter: 's' | 'i' | 'd' | 'b' | 'j'; text: string } {
  if ('stringValue' in value) return { letter: 's', text: value.stringValue };
  if ('intValue' in value) return { letter: 'i', text: value.intValue };
  if ('doubleValue' in value) return { letter: 'd', text: String(value.doubleValue) };
  if ('boolValue' in value) return { letter: 'b', text: String(value.boolValue) };
  return { letter: 'j', text: JSON.stringify(value) };
}
