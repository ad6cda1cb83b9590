import { type AnyValue, doubleValue, type KeyValue, MAX_DEPTH } from './any-value.ts';
import { SpanRejected } from './trace-request.ts';

/**
 * Readers of single values in OTLP's JSON encoding, as lenient as clients are careless: numbers as text, enums by
 * name, ids in either case, null for absent. What cannot be meant is a SpanRejected that names the field.
 */

type Members = { [key: string]: unknown };

export function members(value: unknown, field: string): Members {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unexpected(field, 'an object', value);
  return value as Members;
}

export function list(value: unknown, field: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unexpected(field, 'an array', value);
  return value;
}

export function text(value: unknown, field: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw unexpected(field, 'a string', value);
  return value;
}

/** A 64-bit integer as decimal text or as a number. */
export function integer(value: unknown, field: string): bigint {
  if (value === undefined || value === null || value === '') return 0n;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
  throw unexpected(field, 'an integer', value);
}

const lastUint64 = 2n ** 64n - 1n;

/** Nanoseconds since the epoch, held within what protobuf can say. */
export function nanoseconds(value: unknown, field: string): bigint {
  const given = integer(value, field);
  return given < 0n ? 0n : given > lastUint64 ? lastUint64 : given;
}

export function uint32(value: unknown, field: string): number {
  return Number(BigInt.asUintN(32, integer(value, field)));
}

export function enumeration(value: unknown, names: readonly string[], field: string): number {
  if (typeof value === 'string' && !/^-?\d+$/.test(value)) {
    const index = names.indexOf(value.toUpperCase());
    if (index < 0) throw unexpected(field, `one of ${names.join(', ')}`, value);
    return index;
  }
  return Number(BigInt.asIntN(32, integer(value, field)));
}

/** Hex as OTLP asks, in either case; base64, which protobuf's general JSON rule gives, is told by its length. */
export function id(value: unknown, bytes: number, field: string): string {
  const digits = text(value, field);
  if (/^[0-9a-fA-F]*$/.test(digits) && digits.length % 2 === 0) return digits.toLowerCase();
  const decoded = Buffer.from(digits, 'base64');
  if (decoded.length === bytes && digits.replace(/=+$/, '').length === Math.ceil((bytes * 4) / 3)) {
    return decoded.toString('hex');
  }
  throw unexpected(field, `${bytes * 2} hex digits`, value);
}

export function attributes(value: unknown, field: string, depth = 1): KeyValue[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    throw new SpanRejected(
      `${field}: expected OTLP's array [{"key": "...", "value": {"stringValue": "..."}}], got an object`,
    );
  }
  return list(value, field).map((pair) => {
    const { key, value: inner } = members(pair, field);
    return { key: text(key, `${field}.key`), value: anyValue(inner, `${field}.value`, depth) };
  });
}

/** Of several members the first known one counts; an unknown member is an empty value. */
export function anyValue(value: unknown, field: string, depth = 1): AnyValue {
  if (depth > MAX_DEPTH) throw new SpanRejected(`${field}: nested deeper than ${MAX_DEPTH}`);
  const given = members(value, field);
  const has = (name: string) => given[name] !== undefined && given[name] !== null;
  if (has('stringValue')) return { stringValue: text(given.stringValue, field) };
  if (has('boolValue')) return { boolValue: boolean(given.boolValue, field) };
  if (has('intValue')) return { intValue: BigInt.asIntN(64, integer(given.intValue, field)).toString() };
  if (has('doubleValue')) return doubleValue(double(given.doubleValue, field));
  if (has('bytesValue')) {
    return { bytesValue: Buffer.from(text(given.bytesValue, field), 'base64').toString('base64') };
  }
  if (has('arrayValue')) {
    const { values } = members(given.arrayValue, field);
    return {
      arrayValue: { values: list(values, field).map((item) => anyValue(item, field, depth + 1)) },
    };
  }
  if (has('kvlistValue')) {
    const { values } = members(given.kvlistValue, field);
    return { kvlistValue: { values: attributes(values, field, depth + 1) } };
  }
  return {};
}

export function boolean(value: unknown, field: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unexpected(field, 'true or false', value);
}

export function double(value: unknown, field: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN')) {
    throw unexpected(field, 'a number, "NaN", "Infinity" or "-Infinity"', value);
  }
  return number;
}

function unexpected(field: string, expected: string, value: unknown): SpanRejected {
  return new SpanRejected(`${field}: expected ${expected}, got ${nameOf(value)}`);
}

/** Short, whatever it is: it may be long, and deep. */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
}
