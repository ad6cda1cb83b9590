import type { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import { type Expected, toMatcher } from './matchers.ts';

type Columns = Readonly<Record<string, Expected>>;

/** A new row that has to appear. Columns that are not named are free; so is the key, unless it is given. */
export function insert(table: string, columns: Columns, key?: Expected): ExpectedEffect {
  return {
    operation: 'insert',
    table,
    ...(key === undefined ? {} : { key: toMatcher(key) }),
    columns: toMatchers(columns),
  };
}

/** A row that has to change: these columns to these values, and no other column. */
export function update(table: string, key: Expected, columns: Columns): ExpectedEffect {
  return { operation: 'update', table, key: toMatcher(key), columns: toMatchers(columns) };
}

/** A row that has to go; `columns` bind what it held. */
export function remove(table: string, key: Expected, columns: Columns = {}): ExpectedEffect {
  return { operation: 'delete', table, key: toMatcher(key), columns: toMatchers(columns) };
}

/** A write that fails the trial at once, whatever else was done; `reason` is shown when it is hit. */
export function forbid(
  operation: ForbiddenEffect['operation'],
  table: string,
  reason: string,
  columns: Columns = {},
): ForbiddenEffect {
  return { operation, table, columns: toMatchers(columns), reason };
}

function toMatchers(columns: Columns) {
  return Object.fromEntries(Object.entries(columns).map(([name, expected]) => [name, toMatcher(expected)]));
}
