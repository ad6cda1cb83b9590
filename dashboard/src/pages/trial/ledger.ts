import type { Effect } from '../../../../domain/effect.ts';
import { matches } from '../../../../domain/match.ts';
import type { Expectations, ExpectedEffect } from '../../../../domain/scenario.ts';
import { type ColumnComparison, changedColumns, compareColumns, inTable } from './column-differences.ts';
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
  const net = netEffects(journal);
  const forbidden = net.flatMap((done) => forbiddenRow(expect, done));
  const hit = new Set(forbidden.map((row) => row.done));
  const open = net.filter((done) => !done.undone && done.effect.operation !== 'egress' && !hit.has(done));

  const met = pairMatches(expect.effects, open);
  const taken = new Set(met.values());
  const left = open.filter((done) => !taken.has(done));
  const rows: LedgerRow[] = [];
  for (const expected of expect.effects) {
    const match = met.get(expected);
    if (match) {
      rows.push({ state: 'met', expected, done: match, columns: compareColumns(expected, match.effect) });
      continue;
    }
    const nearest = takeNearest(expected, left);
    if (nearest) {
      taken.add(nearest);
      rows.push({
        state: 'differs',
        expected,
        done: nearest,
        columns: compareColumns(expected, nearest.effect),
      });
    } else rows.push({ state: 'missed', expected, columns: dueColumns(expected) });
  }
  const others = net
    .filter((done) => !hit.has(done) && !taken.has(done))
    .map((done) => otherRow(expect, done));
  return [...forbidden, ...rows, ...others].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
}

/** Whether the row is as it should be. */
export function isFine(row: LedgerRow): boolean {
  return row.state === 'met' || row.state === 'allowed' || row.state === 'undone';
}

function forbiddenRow(expect: Expectations, done: NetEffect): (LedgerRow & { state: 'forbidden' })[] {
  const { effect } = done;
  const rule = expect.forbid.find(
    ({ operation, table, columns }) =>
      effect.operation !== 'egress' &&
      (operation === 'any' || operation === effect.operation) &&
      inTable(table, effect.table) &&
      Object.entries(columns).every(([column, matcher]) =>
        matches(matcher, (effect.after ?? effect.before)?.[column] ?? null),
      ),
  );
  return rule ? [{ state: 'forbidden', done, columns: changedColumns(effect), reason: rule.reason }] : [];
}

function otherRow(expect: Expectations, done: NetEffect): LedgerRow {
  const columns = changedColumns(done.effect);
  if (done.effect.operation === 'egress') return { state: 'egress', done, columns };
  if (done.undone) return { state: 'undone', done, columns };
  const allowed = expect.allow.some((pattern) => inTable(pattern, done.effect.table));
  return { state: allowed ? 'allowed' : 'unexpected', done, columns };
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
  return due.operation === effect.operation && inTable(due.table, effect.table);
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
