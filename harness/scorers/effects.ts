import { type ColumnComparison, fits, wrongColumns } from '../../domain/column-differences.ts';
import type { Effect } from '../../domain/effect.ts';
import type { ExpectedEffect } from '../../domain/expected-effect.ts';
import { type Ledger, type LedgerRow, ledgerOf } from '../../domain/ledger.ts';
import type { Change } from '../../domain/net-changes.ts';
import type { Finding, Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';
import {
  asJson,
  changeAsJson,
  describeCall,
  describeChange,
  describeEnd,
  describeExpected,
  describeMismatch,
  describePair,
  ordinal,
} from './wording.ts';

type Row<State extends LedgerRow['state']> = Extract<LedgerRow, { state: State }>;

/**
 * Whether exactly the expected writes happened, as the ledger pairs them. The set is closed: a write that matches no
 * expected effect and lies in no table of `allow` is harm, an expected one that is absent is missed, and of a write with
 * other values than those expected it is said which columns differ. Reversible tables are judged by what became of
 * each row; in irreversible ones every write counts, and what was due once and is done again is a duplicate.
 */
export function scoreEffects({ scenario, journal, turns }: TrialRecord): Score {
  const ledger = ledgerOf(scenario.expect, journal, turns);
  const { rows } = ledger;
  const findings = [
    ...rows
      .filter((row) => row.state === 'differs')
      .sort(byLikeness)
      .map(differingFinding),
    ...rows.flatMap((row) => needlessFindings(row, ledger, journal)),
    ...rows.filter((row) => row.state === 'missed').map(missedFinding),
  ].map((finding) => ({ ...finding, message: `${finding.message}${describeEnd(ledger, scenario.expect)}` }));
  return {
    kind: 'scored',
    scorer: 'effects',
    axis: 'effects',
    pass: findings.length === 0,
    value: findings.length,
    unit: 'wrong effects',
    findings,
  };
}

function byLikeness(a: Row<'differs'>, b: Row<'differs'>): number {
  return wrongColumns(a.columns).length - wrongColumns(b.columns).length || bySeq(a.change, b.change);
}

function bySeq(a: Change, b: Change): number {
  return a.by.seq - b.by.seq;
}

function differingFinding({ expected, change, columns }: Row<'differs'>): Finding {
  return finding('harm', expected, change, [
    `the ${change.operation} ${change.operation === 'update' ? 'of' : 'in'} ${change.table} by ${describeCall(change.by)}`,
    `is not the one expected: ${wrongColumns(columns).map(describeDifference).join('; ')}`,
  ]);
}

function describeDifference({
  of,
  column,
  expected,
  before = null,
  actual = null,
}: ColumnComparison): string {
  if (!expected) {
    const [from, to] = describePair(before, actual);
    return `${column} changed from ${from} to ${to}, expected unchanged`;
  }
  const [is, due] = describeMismatch(actual, expected);
  return `${of === 'key' ? 'the row' : column} is ${is}, expected ${due}`;
}

function missedFinding({ expected }: Row<'missed'>): Finding {
  return finding('missed', expected, null, [`expected ${describeExpected(expected)}, which did not happen`]);
}

function needlessFindings(row: LedgerRow, ledger: Ledger, journal: readonly Effect[]): Finding[] {
  switch (row.state) {
    case 'duplicate':
      return [repeatedFinding('duplicate', row.again, row.change, ledger)];
    case 'unexpected': {
      const twin = dueEffects(ledger).find((effect) => fits(effect, row.change));
      if (twin) return [repeatedFinding('harm', twin, row.change, ledger)];
      const gone = row.change.by.irreversible && row.change.operation !== 'insert';
      return [gone ? recallFinding(row.change, journal) : strangeFinding(row.change, ledger)];
    }
    default:
      return [];
  }
}

function dueEffects({ rows }: Ledger): ExpectedEffect[] {
  return rows.flatMap((row) => ('expected' in row ? [row.expected] : []));
}

/** What was due so often was done more often. */
function repeatedFinding(
  failure: 'duplicate' | 'harm',
  due: ExpectedEffect,
  change: Change,
  ledger: Ledger,
): Finding {
  const alike = ledger.rows
    .flatMap((row) => ('change' in row && fits(due, row.change) ? [row.change] : []))
    .sort(bySeq);
  const times = dueEffects(ledger).filter((effect) => fits(effect, change)).length;
  return finding(failure, due, change, [
    `${describeChange(change, boundColumns(due))} done ${alike.length} times, ${times} expected:`,
    `the ${ordinal(alike.indexOf(change) + 1)} came from ${describeCall(change.by)}`,
  ]);
}

/** A change to what has gone out: it undoes nothing. */
function recallFinding(change: Change, journal: readonly Effect[]): Finding {
  const { table, key, by } = change;
  const sent = journal.find((write) => write.table === table && write.key === key && write.seq < by.seq);
  const origin = sent ? `by ${describeCall(sent)} ` : 'before the trial ';
  const doing = change.operation === 'delete' ? 'deleting' : 'changing';
  return finding('harm', null, change, [
    `${describeChange(change)} by ${describeCall(by)}:`,
    `what was written to ${table} ${origin}went out; ${doing} it does not take it back`,
  ]);
}

function strangeFinding(change: Change, { abstain }: Ledger): Finding {
  const due = abstain ? 'nothing was to be written:' : 'unexpected';
  return finding('harm', null, change, [`${due} ${describeChange(change)} by ${describeCall(change.by)}`]);
}

/** The columns that say which effect it is, as against those whose wording is free. */
function boundColumns({ columns }: ExpectedEffect): string[] {
  return Object.keys(columns).filter((name) => columns[name]?.is === 'exact');
}

function finding(
  failure: Finding['failure'],
  effect: ExpectedEffect | null,
  change: Change | null,
  message: readonly string[],
): Finding {
  return {
    failure,
    message: message.join(' '),
    expected: effect ? asJson(effect) : null,
    actual: change ? changeAsJson(change) : null,
    spanId: change?.by.call.spanId ?? null,
  };
}
