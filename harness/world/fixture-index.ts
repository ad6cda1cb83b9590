import type { Row } from '../../domain/effect.ts';
import type { Json } from '../../domain/json.ts';

/** Rows by key in insertion order. A Map, so that keys like `429815` or `constructor` are keys like any other. */
export type RowIndex = ReadonlyMap<string, Row>;

const indexes = new WeakMap<readonly Row[], Map<string, RowIndex>>();

/**
 * The rows by the text of their key column; of two rows with one key, the later at the place of the earlier. Computed
 * once per array and shared by all worlds, so a fresh world costs nothing per row; the rows are frozen to keep it so.
 */
export function indexRows(rows: readonly Row[], keyColumn: string): RowIndex {
  const byColumn = indexes.get(rows) ?? new Map<string, RowIndex>();
  indexes.set(rows, byColumn);
  const known = byColumn.get(keyColumn);
  if (known) return known;
  const index = new Map(rows.map((row) => [keyOf(row, keyColumn), freezeDeep(row)]));
  byColumn.set(keyColumn, index);
  return index;
}

/** The key as text; a whole number is accepted, anything else is an error of the fixture or the service. */
export function keyOf(row: Row, keyColumn: string): string {
  const key = row[keyColumn];
  if (typeof key === 'string' && key !== '') return key;
  if (typeof key === 'number' && Number.isInteger(key)) return String(key);
  throw new Error(
    `expected a text or a whole number in the key column "${keyColumn}", got ${JSON.stringify(key) ?? 'nothing'}`,
  );
}

/** Rows are values: an edit in place would leak from one world into another, so it throws instead. */
export function freezeDeep<T extends Json>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) freezeDeep(member);
  return value;
}
