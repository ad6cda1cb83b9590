import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import type { Micros } from '../../../domain/units.ts';

/** ISO 8601 in UTC, as the fake APIs write times. */
export function isoTime(at: Micros): string {
  return new Date(at / 1000).toISOString();
}

/** Lower case without accents, so that "Jose" finds "José". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The columns of a change that are given. */
export function definedColumns(change: Readonly<Record<string, Json | undefined>>): Row {
  return Object.fromEntries(
    Object.entries(change).flatMap(([column, to]) => (to === undefined ? [] : [[column, to]])),
  );
}
