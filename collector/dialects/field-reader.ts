import type { Json } from '../../domain/json.ts';

/**
 * The values of one span (or resource) by field. Of the keys of a field the first present one decides; of a repeated
 * key the last value. Empty text and a value that is not set count as absent. When the value that decides has another
 * form than the one asked for, the answer is that of an absent field.
 */
export interface FieldReader<F extends number> {
  /** Text; a number or a boolean as JSON writes it. */
  text(field: F): string | null;
  /** A whole number of at least 0 that a JS number holds exactly: an integer, an integral double or decimal text (`12`, `1e3`). */
  count(field: F): number | null;
  /** A finite number: an integer, a double or decimal text (`-0.5`). */
  number(field: F): number | null;
  /** The texts of an array; a single text is a list of one. */
  list(field: F): string[];
  /** A structured value, or JSON in a text. A text that is not JSON stays a text. */
  json(field: F): Json;
  has(field: F): boolean;
}
