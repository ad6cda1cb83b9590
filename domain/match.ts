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
      return typeof value === 'number' && Math.abs(value - matcher.value) <= matcher.tolerance;
    case 'within': {
      const distance =
        typeof value === 'string' ? Math.abs(Date.parse(value) - Date.parse(matcher.time)) : NaN;
      return distance <= matcher.seconds * 1000;
    }
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
