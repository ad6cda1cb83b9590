import type { Effect } from './effect.ts';
import type { ExpectedEffect } from './expected-effect.ts';
import { type IdBinding, mayStandFor, NO_IDS } from './id-binding.ts';
import type { Json } from './json.ts';
import { columnOf, idText, matches, tableMatches } from './match.ts';
import type { Matcher } from './matcher.ts';
import { type Change, changedColumns } from './net-changes.ts';

/** One value of a write, the row's key or a column, beside what was asked of it. */
export type ColumnComparison = {
  /** The row's key is none of its columns: a column may be named `key` too. */
  of: 'key' | 'column';
  /** Its name; `key` for the row's key. */
  column: string;
  /** `null`: nothing was asked of this column, or, where it is not `ok`, it was to stay as it was. */
  expected: Matcher | null;
  /** `undefined` where there was nothing before, or where it says nothing. */
  before: Json | undefined;
  /** `undefined` where nothing was done. */
  actual: Json | undefined;
  ok: boolean;
};

type Written = Pick<Effect, 'key' | 'before' | 'after'>;

/** Whether a change is of the operation and the table that are expected: only then do columns compare. */
export function isSameKind(expected: ExpectedEffect, change: Change): boolean {
  return expected.operation === change.operation && tableMatches(expected.table, change.table);
}

/** Whether a change is the expected effect, in every column and with the ids that are bound. */
export function fits(expected: ExpectedEffect, change: Change, ids: IdBinding = NO_IDS): boolean {
  return isSameKind(expected, change) && wrongColumns(compareColumns(expected, change, ids)).length === 0;
}

/** The comparisons that failed. */
export function wrongColumns(columns: readonly ColumnComparison[]): ColumnComparison[] {
  return columns.filter(({ ok }) => !ok);
}

/**
 * Every value that was asked for, then the columns that an update changed without being asked to. A named id has to be
 * the one that `ids` binds; a name that is not bound may stand for any one value that no other name stands for.
 */
export function compareColumns(
  expected: ExpectedEffect,
  written: Written,
  ids: IdBinding = NO_IDS,
): ColumnComparison[] {
  const row = written.after ?? written.before;
  const known = new Map(ids);
  const agrees = (matcher: Matcher, actual: Json) => {
    if (matcher.is !== 'id') return matches(matcher, actual);
    const id = idText(actual);
    if (id === null || !mayStandFor(known, matcher.name, id)) return false;
    known.set(matcher.name, id);
    return true;
  };
  const asked = askedColumns(expected).map((due): ColumnComparison => {
    const actual = due.of === 'key' ? written.key : columnOf(row, due.column);
    const before = due.of === 'key' ? undefined : valueBefore(written, due.column);
    return { ...due, before, actual, ok: agrees(due.expected, actual) };
  });
  if (expected.operation !== 'update') return asked;
  const strays = writtenColumns(written).filter(({ column }) => !Object.hasOwn(expected.columns, column));
  return [...asked, ...strays.map((stray) => ({ ...stray, ok: false }))];
}

/** The ids that a comparison found, by name. */
export function namedIds(columns: readonly ColumnComparison[]): [name: string, value: string][] {
  return columns.flatMap(({ expected, actual = null }): [string, string][] => {
    const id = expected?.is === 'id' ? idText(actual) : null;
    return expected?.is === 'id' && id !== null ? [[expected.name, id]] : [];
  });
}

/** Whether an expected effect names ids. */
export function namesIds({ key, columns }: ExpectedEffect): boolean {
  return key?.is === 'id' || Object.values(columns).some(({ is }) => is === 'id');
}

/** What an effect that did not happen would have had to be. */
export function dueColumns(expected: ExpectedEffect): ColumnComparison[] {
  return askedColumns(expected).map((due) => ({ ...due, before: undefined, actual: undefined, ok: false }));
}

/** The columns that a write changed, with nothing to compare them with. */
export function writtenColumns(written: Written): ColumnComparison[] {
  return changedColumns(written).map((column) => ({
    of: 'column',
    column,
    expected: null,
    before: valueBefore(written, column),
    actual: columnOf(written.after ?? written.before, column),
    ok: true,
  }));
}

type Due = { of: 'key' | 'column'; column: string; expected: Matcher };

function askedColumns({ key, columns }: ExpectedEffect): Due[] {
  const named = Object.entries(columns).map(
    ([column, expected]): Due => ({ of: 'column', column, expected }),
  );
  return key ? [{ of: 'key', column: 'key', expected: key }, ...named] : named;
}

/** What an update found there. */
function valueBefore({ before, after }: Written, column: string): Json | undefined {
  return before && after ? columnOf(before, column) : undefined;
}
