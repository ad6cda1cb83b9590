import type { Micros } from '../../../domain/units.ts';

/** ISO 8601 in UTC, as the fake APIs write times. */
export function isoTime(at: Micros): string {
  return new Date(at / 1000).toISOString();
}

/** Lower case without accents, so that "Jose" finds "José". */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
