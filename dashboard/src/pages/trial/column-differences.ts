import type { Effect } from '../../../../domain/effect.ts';
import type { Json } from '../../../../domain/json.ts';
import { columnOf, matches } from '../../../../domain/match.ts';
import type { Matcher } from '../../../../domain/matcher.ts';
import { changedColumns } from '../../../../domain/net-changes.ts';
import type { ExpectedEffect } from '../../../../domain/scenario.ts';

/** One column of an effect beside what was asked of it. */
export type ColumnComparison = {
  column: string;
  /** `null`: nothing was asked of this column, or it was to stay as it was. */
  expected: Matcher | null;
  /** `undefined` where there was nothing before, or where it says nothing. */
  before: Json | undefined;
  /** `undefined` where nothing was done. */
  actual: Json | undefined;
  ok: boolean;
};

/** Every column that was asked for, then those that changed without being asked for. */
export function compareColumns(expected: ExpectedEffect, effect: Effect): ColumnComparison[] {
  const row = effect.after ?? effect.before;
  const key = expected.key && {
    column: 'key',
    expected: expected.key,
    before: undefined,
    actual: effect.key,
    ok: matches(expected.key, effect.key),
  };
  const named = Object.entries(expected.columns).map(([column, matcher]) => ({
    column,
    expected: matcher,
    before: valueBefore(effect, column),
    actual: columnOf(row, column),
    ok: matches(matcher, columnOf(row, column)),
  }));
  const strays =
    expected.operation === 'update'
      ? writtenColumns(effect).filter(({ column }) => !Object.hasOwn(expected.columns, column))
      : [];
  return [...(key ? [key] : []), ...named, ...strays.map((stray) => ({ ...stray, ok: false }))];
}

/** The columns of an effect with nothing to compare them with. */
export function writtenColumns(effect: Effect): ColumnComparison[] {
  return changedColumns(effect).map((column) => ({
    column,
    expected: null,
    before: valueBefore(effect, column),
    actual: columnOf(effect.after ?? effect.before, column),
    ok: true,
  }));
}

/** What an update found there. */
function valueBefore({ before, after }: Effect, column: string): Json | undefined {
  return before && after ? columnOf(before, column) : undefined;
}
