import type { Json } from '../../domain/json.ts';
import { Matcher } from '../../domain/matcher.ts';

/** What a column has to be: a matcher, or a plain JSON value that means exactly that value. */
export type Expected = Matcher | Json;

/** Exactly this value; needed only where the value itself looks like a matcher. */
export const exact = (value: Json): Matcher => ({ is: 'exact', value });

/** One of these values. */
export const oneOf = (...values: Json[]): Matcher => ({ is: 'oneOf', values });

/** Any value but these. */
export const noneOf = (...values: Json[]): Matcher => ({ is: 'noneOf', values });

/** A number at most `tolerance` away from `value`. */
export const near = (value: number, tolerance: number): Matcher => ({ is: 'near', value, tolerance });

/** An ISO 8601 time at most `seconds` away from `time`. */
export const within = (time: string, seconds: number): Matcher => ({ is: 'within', time, seconds });

/** A text in which the regular expression is found, upper or lower case. */
export const pattern = (expression: RegExp | string): Matcher => ({
  is: 'pattern',
  source: typeof expression === 'string' ? expression : expression.source,
});

/** A text that is not blank. */
export const anyText = (): Matcher => ({ is: 'anyText' });

/** Anything, `null` too. */
export const any = (): Matcher => ({ is: 'any' });

/** An array with these members in any order, each as often as here. */
export const setOf = (...values: Json[]): Matcher => ({ is: 'set', values });

/**
 * An id that the world makes up: the same value wherever the name is used in the effects of a scenario, keys and columns
 * alike, and another value for another name.
 */
export const id = (name: string): Matcher => ({ is: 'id', name });

/** A matcher as it stands; any other value means exactly that value. */
export function toMatcher(expected: Expected): Matcher {
  const matcher = Matcher.safeParse(expected);
  return matcher.success ? matcher.data : exact(expected as Json);
}
