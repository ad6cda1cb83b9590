import type { Json } from './json.ts';
import type { Matcher } from './matcher.ts';

/** What a matcher asks for, as a person would write it into a table cell. */
export function matcherWords(matcher: Matcher): string {
  switch (matcher.is) {
    case 'exact':
      return jsonWords(matcher.value);
    case 'oneOf':
      return `one of ${matcher.values.map(jsonWords).join(', ')}`;
    case 'noneOf':
      return `none of ${matcher.values.map(jsonWords).join(', ')}`;
    case 'near':
      return `${matcher.value} ± ${matcher.tolerance}`;
    case 'within':
      return `${matcher.time} ± ${matcher.seconds} s`;
    case 'pattern':
      return `/${matcher.source}/`;
    case 'anyText':
      return 'any text';
    case 'any':
      return 'anything';
    case 'set':
      return `${matcher.values.map(jsonWords).join(', ')} in any order`;
    case 'id':
      return `the id “${matcher.name}”`;
  }
}

/** A value on one line: text as it is, the rest as JSON. */
export function jsonWords(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
