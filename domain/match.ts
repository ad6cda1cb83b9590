import { jsonEqual } from './canonical-json.ts';
import type { Json } from './json.ts';
import type { Matcher } from './matcher.ts';

/**
 * Whether a column's value is what the matcher asks for. A pattern that is no regular expression matches nothing.
 *
 * @example matches({ is: 'near', value: 25, tolerance: 1 }, 24.5) // true
 */
export function matches(matcher: Matcher, value: Json): boolean {
  switch (matcher.is) {
    case 'exact':
      return jsonEqual(matcher.value, value);
    case 'oneOf':
      return matcher.values.some((member) => jsonEqual(member, value));
    case 'near':
      return typeof value === 'number' && isNear(value, matcher);
    case 'within':
      return typeof value === 'string' && isWithin(value, matcher);
    case 'pattern':
      return typeof value === 'string' && finds(matcher.source, value);
    case 'anyText':
      return typeof value === 'string' && value.trim() !== '';
    case 'any':
      return true;
    case 'set':
      return Array.isArray(value) && sameMembers(matcher.values, value);
  }
}

/** 0.4 is 0.1 away from 0.3, whatever binary fractions make of it. */
function isNear(value: number, { value: wanted, tolerance }: Extract<Matcher, { is: 'near' }>): boolean {
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(wanted));
  return Math.abs(value - wanted) <= tolerance + rounding;
}

function isWithin(value: string, { time, seconds }: Extract<Matcher, { is: 'within' }>): boolean {
  return Math.abs(millisOf(value) - millisOf(time)) <= seconds * 1000;
}

const isoTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** NaN for what is no ISO 8601 time. Without a zone it is UTC: the machine's own zone decides nothing. */
function millisOf(text: string): number {
  const found = isoTime.exec(text.trim());
  if (!found) return Number.NaN;
  return Date.parse(/t/i.test(found[0]) && !found[1] ? `${found[0]}Z` : found[0]);
}

function finds(source: string, text: string): boolean {
  try {
    return new RegExp(source, 'iu').test(text);
  } catch {
    return false;
  }
}

function sameMembers(left: readonly Json[], right: readonly Json[]): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((member) => {
    const place = rest.findIndex((candidate) => jsonEqual(candidate, member));
    if (place >= 0) rest.splice(place, 1);
    return place >= 0;
  });
}
