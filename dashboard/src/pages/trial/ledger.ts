import type { Effect } from '../../../../domain/effect.ts';
import { mismatches, tableMatches } from '../../../../domain/match.ts';
import type { Expectations, ExpectedEffect } from '../../../../domain/scenario.ts';
import { type ColumnComparison, compareColumns, writtenColumns } from './column-differences.ts';
import { type NetEffect, netEffects } from './net-effects.ts';

/** One line of the ledger: what was due beside what was done. */
export type LedgerRow =
  | { state: 'met'; expected: ExpectedEffect; done: NetEffect; columns: ColumnComparison[] }
  /** The nearest thing that was done: right table and operation, wrong columns. */
  | { state: 'differs'; expected: ExpectedEffect; done: NetEffect; columns: ColumnComparison[] }
  | { state: 'missed'; expected: ExpectedEffect; columns: ColumnComparison[] }
  | { state: 'forbidden'; done: NetEffect; columns: ColumnComparison[]; reason: string }
  | { state: 'unexpected' | 'egress' | 'allowed' | 'undone'; done: NetEffect; columns: ColumnComparison[] };

/**
 * Pairs what was expected with what the journal says was done. It shows, and does not judge: the marks of the axes
 * are the scorers'. Failures come first.
 */
export function ledgerRows(expect: Expectations, journal: readonly Effect[]): LedgerRow[] {
  // A forbidden write stays forbidden when it is undone, so the rules see the journal as it is.
  const forbidden = journal.flatMap((effect) => forbiddenRow(expect, effect));
  const hit = new Set(forbidden.map((row) => row.done.effect.seq));
  const net = netEffects(journal).filter(({ effect }) => !hit.has(effect.seq));
  const open = net.filter(({ undone, effect }) => !undone && effect.operation !== 'egress');

  const met = pairMatches(expect.effects, open);
  const taken = new Set(met.values());
  const astray = open.filter((done) => !taken.has(done) && !isAllowed(expect, done));
  const due = expect.effects.map((expected): LedgerRow => {
    const match = met.get(expected);
    if (match)
      return { state: 'met', expected, done: match, columns: compareColumns(expected, match.effect) };
    const nearest = takeNearest(expected, astray);
    if (!nearest) return { state: 'missed', expected, columns: dueColumns(expected) };
    taken.add(nearest);
    return { state: 'differs', expected, done: nearest, columns: compareColumns(expected, nearest.effect) };
  });
  const others = net.filter((done) => !taken.has(done)).map((done) => otherRow(expect, done));
  return [...forbidden, ...due, ...others].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
}

/** Whether the row is as it should be. */
export function isFine(row: LedgerRow): boolean {
  return row.state === 'met' || row.state === 'allowed' || row.state === 'undone';
}

function forbiddenRow(expect: Expectations, effect: Effect): Extract<LedgerRow, { state: 'forbidden' }>[] {
  const row = effect.after ?? effect.before ?? {};
  const rule = expect.forbid.find(
    ({ operation, table, columns }) =>
      (operation === 'any' || operation === effect.operation) &&
      tableMatches(table, effect.table) &&
      mismatches(columns, row).length === 0,
  );
  if (!rule || effect.operation === 'egress') return [];
  const done = { effect, writes: 1, undone: false };
  return [{ state: 'forbidden', done, columns: writtenColumns(effect), reason: rule.reason }];
}

function otherRow(expect: Expectations, done: NetEffect): LedgerRow {
  const columns = writtenColumns(done.effect);
  if (done.effect.operation === 'egress') return { state: 'egress', done, columns };
  if (done.undone) return { state: 'undone', done, columns };
  return { state: isAllowed(expect, done) ? 'allowed' : 'unexpected', done, columns };
}

function isAllowed({ allow }: Expectations, { effect }: NetEffect): boolean {
  return allow.some((pattern) => tableMatches(pattern, effect.table));
}

/** The largest set of pairs in which every column fits, so that a loose expectation never takes a strict one's effect. */
function pairMatches(
  expected: readonly ExpectedEffect[],
  done: readonly NetEffect[],
): Map<ExpectedEffect, NetEffect> {
  const holder = new Map<NetEffect, ExpectedEffect>();
  const place = (due: ExpectedEffect, tried: Set<NetEffect>): boolean =>
    done.some((candidate) => {
      if (tried.has(candidate) || !fits(due, candidate)) return false;
      tried.add(candidate);
      const current = holder.get(candidate);
      if (current && !place(current, tried)) return false;
      holder.set(candidate, due);
      return true;
    });
  for (const due of expected) place(due, new Set());
  return new Map([...holder].map(([effect, due]) => [due, effect]));
}

function fits(due: ExpectedEffect, { effect }: NetEffect): boolean {
  return isSameKind(due, effect) && compareColumns(due, effect).every(({ ok }) => ok);
}

function isSameKind(due: ExpectedEffect, effect: Effect): boolean {
  return due.operation === effect.operation && tableMatches(due.table, effect.table);
}

/** Takes out of `left` the effect with the fewest wrong columns. */
function takeNearest(due: ExpectedEffect, left: NetEffect[]): NetEffect | null {
  const wrong = (done: NetEffect) => compareColumns(due, done.effect).filter(({ ok }) => !ok).length;
  const [nearest] = left
    .filter((done) => isSameKind(due, done.effect))
    .sort((a, b) => wrong(a) - wrong(b) || a.effect.seq - b.effect.seq);
  if (!nearest) return null;
  left.splice(left.indexOf(nearest), 1);
  return nearest;
}

function dueColumns(expected: ExpectedEffect): ColumnComparison[] {
  const due = [
    ...(expected.key ? [['key', expected.key] as const] : []),
    ...Object.entries(expected.columns),
  ];
  return due.map(([column, matcher]) => ({
    column,
    expected: matcher,
    before: undefined,
    actual: undefined,
    ok: false,
  }));
}
