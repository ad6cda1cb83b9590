import { jsonEqual } from './canonical-json.ts';
import type { Row } from './effect.ts';
import { parseIsoTime } from './iso-time.ts';
import type { Json } from './json.ts';
import type { Matcher } from './matcher.ts';

/**
 * Whether a value is what a matcher asks for. A column that is absent counts as `null`. That a name of an id stands for
 * one value is a matter of several columns: see `compareColumns`.
 */
export function matches(matcher: Matcher, value: Json): boolean {
  switch (matcher.is) {
    case 'exact':
      return jsonEqual(matcher.value, value);
    case 'oneOf':
      return matcher.values.some((wanted) => jsonEqual(wanted, value));
    case 'noneOf':
      return !matcher.values.some((banned) => jsonEqual(banned, value));
    case 'near':
      return typeof value === 'number' && isNear(value, matcher);
    case 'within':
      return typeof value === 'string' && isWithin(value, matcher);
    case 'pattern':
      return typeof value === 'string' && new RegExp(matcher.source, 'iu').test(value);
    case 'anyText':
      return typeof value === 'string' && value.trim() !== '';
    case 'any':
      return true;
    case 'set':
      return Array.isArray(value) && isPermutation(matcher.values, value);
    case 'id':
      return idText(value) !== null;
  }
}

/** The text of what may be an id, a text or a whole number; `null` for any other value. */
export function idText(value: Json): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : null;
}

/** The named columns whose values are not what is asked for. */
export function mismatches(columns: Readonly<Record<string, Matcher>>, row: Row): string[] {
  return Object.keys(columns).filter((name) => {
    const matcher = columns[name];
    return matcher !== undefined && !matches(matcher, columnOf(row, name));
  });
}

/** An absent column is `null`; what every object inherits is no column. */
export function columnOf(row: Row | null, name: string): Json {
  return row && Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}

/** `mail.*` means all tables of the service. */
export function tableMatches(pattern: string, table: string): boolean {
  return pattern.endsWith('.*') ? table.startsWith(pattern.slice(0, -1)) : table === pattern;
}

/** 0.4 is 0.1 away from 0.3, whatever binary fractions make of it. */
function isNear(value: number, { value: wanted, tolerance }: Extract<Matcher, { is: 'near' }>): boolean {
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(wanted));
  return Math.abs(value - wanted) <= tolerance + rounding;
}

function isWithin(value: string, { time, seconds }: Extract<Matcher, { is: 'within' }>): boolean {
  const [actual, wanted] = [parseIsoTime(value), parseIsoTime(time)];
  return actual !== null && wanted !== null && Math.abs(actual - wanted) <= seconds * 1000;
}

function isPermutation(wanted: readonly Json[], values: readonly Json[]): boolean {
  const left = [...values];
  for (const item of wanted) {
    const found = left.findIndex((value) => jsonEqual(item, value));
    if (found < 0) return false;
    left.splice(found, 1);
  }
  return left.length === 0;
}
