import { type AnyValue, plainJson } from '../otlp/any-value.ts';

type Attributes = ReadonlyMap<string, AnyValue>;

/** The first of `keys` that holds text that is not empty. */
export function textOf(attributes: Attributes, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value && 'stringValue' in value && value.stringValue !== '') return value.stringValue;
  }
  return null;
}

/** The first of `keys` that holds a whole number of at least 0, sent as integer, double or text. */
export function countOf(attributes: Attributes, ...keys: string[]): number | null {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value === undefined) continue;
    const plain = plainJson(value);
    const number = typeof plain === 'string' && /^\d+$/.test(plain) ? Number(plain) : plain;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  }
  return null;
}

/** The texts of an array; a single text is an array of one. */
export function textsOf(attributes: Attributes, key: string): string[] {
  const value = attributes.get(key);
  if (value === undefined) return [];
  const plain = plainJson(value);
  return (Array.isArray(plain) ? plain : [plain]).filter((item) => typeof item === 'string');
}
