import { type Abstention, abstains } from './abstention.ts';
import {
  type ColumnComparison,
  compareColumns,
  dueColumns,
  writtenColumns,
  wrongColumns,
} from './column-differences.ts';
import type { Effect } from './effect.ts';
import type { Alternative, Expectations } from './expectations.ts';
import type { ExpectedEffect, ForbiddenEffect } from './expected-effect.ts';
import { mismatches, tableMatches } from './match.ts';
import { type Change, netChanges, type UndoneWrites, undoneWrites } from './net-changes.ts';
import { pairEffects } from './pair-effects.ts';
import type { Turn } from './trial.ts';

/**
 * One line of the ledger: what was due beside what was done.
 *
 * Two accounts of one journal stand in it. `met` to `undone` are of what became of each row (see `netChanges`), every
 * expected effect and every change once. `forbidden` and `egress` are of the single writes and requests, since what
 * must not happen is not made good by undoing it. So a write may be told twice: as forbidden, and within a change.
 */
export type LedgerRow =
  | { state: 'met'; expected: ExpectedEffect; change: Change; columns: ColumnComparison[] }
  /** The nearest change that was made: right table and operation, wrong columns. */
  | { state: 'differs'; expected: ExpectedEffect; change: Change; columns: ColumnComparison[] }
  | { state: 'missed'; expected: ExpectedEffect; columns: ColumnComparison[] }
  /** What was due and was done is done once more, in a table that knows no way back. */
  | { state: 'duplicate'; again: ExpectedEffect; change: Change; columns: ColumnComparison[] }
  | { state: 'unexpected' | 'allowed'; change: Change; columns: ColumnComparison[] }
  | ({ state: 'undone'; columns: ColumnComparison[] } & UndoneWrites)
  /** With every rule that the write breaks. */
  | { state: 'forbidden'; write: Effect; rules: ForbiddenEffect[]; columns: ColumnComparison[] }
  | { state: 'egress'; write: Effect; columns: ColumnComparison[] };

/** The account of a trial. Where several ends are right, it is told by the one that fits best. */
export type Ledger = {
  /** That end; `null` where the scenario leaves no choice. */
  end: Alternative | null;
  /** What is right where nothing is to be done. */
  abstain: Abstention | null;
  rows: LedgerRow[];
};

/**
 * Pairs what was expected with what the journal says was done: the one account that scores and pages rest on. First
 * the forbidden writes, then what was due in the order of the scenario, then all else in the order of the journal. Of
 * several right ends the one that leaves the fewest rows wrong is taken, words that an abstention owes counting as one
 * row; of equals the one with fewer wrong columns, then the first.
 */
export function ledgerOf(
  expect: Pick<Expectations, 'effects' | 'allow' | 'forbid' | 'anyOf' | 'abstain'>,
  journal: readonly Effect[],
  turns: readonly Turn[],
): Ledger {
  const forbidden = forbiddenRows(expect.forbid, journal);
  const accounts = endsOf(expect).map(({ end, abstain, effects }) => {
    const rows = rowsOf(effects, expect.allow, journal);
    const wrong = rows.filter((row) => !isFine(row));
    const columns = wrong
      .filter(({ state }) => state === 'differs')
      .reduce((sum, row) => sum + wrongColumns(row.columns).length, 0);
    const unsaid = abstains(abstain, turns) ? 0 : 1;
    return { ledger: { end, abstain, rows: [...forbidden, ...rows] }, wrong: wrong.length + unsaid, columns };
  });
  return accounts.reduce((best, next) =>
    next.wrong < best.wrong || (next.wrong === best.wrong && next.columns < best.columns) ? next : best,
  ).ledger;
}

type End = Pick<Ledger, 'end' | 'abstain'> & { effects: readonly ExpectedEffect[] };

function endsOf({ effects, anyOf, abstain }: Pick<Expectations, 'effects' | 'anyOf' | 'abstain'>): End[] {
  if (anyOf.length === 0) return [{ end: null, abstain, effects }];
  return anyOf.map((end) => ({ end, abstain: end.abstain, effects: [...effects, ...end.effects] }));
}

function rowsOf(
  effects: readonly ExpectedEffect[],
  allow: readonly string[],
  journal: readonly Effect[],
): LedgerRow[] {
  const changes = netChanges(journal);
  const isAllowed = ({ table }: Change) => allow.some((pattern) => tableMatches(pattern, table));
  const { met, near, again, ids } = pairEffects(effects, changes, isAllowed);
  const paired = new Set([...met.values(), ...near.values()]);

  const due = effects.map((expected, index): LedgerRow => {
    const exact = met.get(index);
    const change = exact ?? near.get(index);
    if (!change) return { state: 'missed', expected, columns: dueColumns(expected) };
    const columns = compareColumns(expected, change, ids);
    return { state: exact ? 'met' : 'differs', expected, change, columns };
  });
  const rest = changes.flatMap((change): LedgerRow[] => {
    if (paired.has(change)) return [];
    const twin = again.get(change);
    if (twin) return [{ state: 'duplicate', again: twin, change, columns: compareColumns(twin, change) }];
    return [{ state: isAllowed(change) ? 'allowed' : 'unexpected', change, columns: writtenColumns(change) }];
  });
  const undone = undoneWrites(journal).map(
    (writes): LedgerRow => ({ state: 'undone', ...writes, columns: writtenColumns(writes.by) }),
  );
  return [...due, ...[...rest, ...undone, ...egressRows(journal)].sort((a, b) => seqOf(a) - seqOf(b))];
}

/** Whether the row is as it should be. */
export function isFine({ state }: LedgerRow): boolean {
  return state === 'met' || state === 'allowed' || state === 'undone';
}

/** The write that a row is to be traced to, of several the last; `null` where nothing was done. */
export function lastWriteOf(row: LedgerRow): Effect | null {
  switch (row.state) {
    case 'missed':
      return null;
    case 'forbidden':
    case 'egress':
      return row.write;
    case 'undone':
      return row.by;
    default:
      return row.change.by;
  }
}

function seqOf(row: LedgerRow): number {
  return lastWriteOf(row)?.seq ?? 0;
}

function forbiddenRows(forbid: readonly ForbiddenEffect[], journal: readonly Effect[]): LedgerRow[] {
  return journal.flatMap((write): LedgerRow[] => {
    const rules = forbid.filter((rule) => breaks(write, rule));
    return rules.length === 0 ? [] : [{ state: 'forbidden', write, rules, columns: writtenColumns(write) }];
  });
}

/** Whether a write is one that must not be. Columns are compared with the row after it; before it, for a delete. */
export function breaks({ operation, table, before, after }: Effect, rule: ForbiddenEffect): boolean {
  if (operation === 'egress') return false;
  return (
    (rule.operation === 'any' || rule.operation === operation) &&
    tableMatches(rule.table, table) &&
    mismatches(rule.columns, after ?? before ?? {}).length === 0
  );
}

function egressRows(journal: readonly Effect[]): LedgerRow[] {
  return journal
    .filter(({ operation }) => operation === 'egress')
    .map((write) => ({ state: 'egress', write, columns: writtenColumns(write) }));
}
