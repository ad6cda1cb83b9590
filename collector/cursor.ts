import { AppError } from '../domain/errors.ts';
import type { Page } from './reads.ts';

/** Where a page ended: the time and the id of its last row. */
export type Cursor = { micros: number; id: string };

export function encodeCursor({ micros, id }: Cursor): string {
  return `${micros}.${id}`;
}

/** @throws AppError BAD_REQUEST */
export function decodeCursor(text: string): Cursor {
  const match = /^(\d{1,16})\.([a-z0-9][a-z0-9._/-]*)$/.exec(text);
  if (!match?.[1] || !match[2]) {
    throw new AppError(
      'BAD_REQUEST',
      `query: before: expected the "next" of a page, got "${text.slice(0, 60)}"`,
    );
  }
  return { micros: Number(match[1]), id: match[2] };
}

/** A page out of the rows that were asked for with one more than `limit`: that one says whether there is a next. */
export function toPage<T>(rows: readonly T[], limit: number, placeOf: (row: T) => Cursor): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null };
}
