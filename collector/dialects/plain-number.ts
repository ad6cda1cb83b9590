import type { Json } from '../../domain/json.ts';

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** A finite number, which emitters also send as decimal text; `null` for anything else. */
export function numberOf(value: Json): number | null {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A whole number of at least 0 that a JS number holds exactly. */
export function countOf(value: Json): number | null {
  const number = numberOf(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
