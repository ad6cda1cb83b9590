import { type ColumnComparison, fits, wrongColumns } from '../../domain/column-differences.ts';
import type { Expectations } from '../../domain/expectations.ts';
import type { ExpectedEffect } from '../../domain/expected-effect.ts';
import type { Json } from '../../domain/json.ts';
import { type LedgerRow, ledgerOf } from '../../domain/ledger.ts';
import type { Change } from '../../domain/net-changes.ts';
import type { Finding, Score } from '../../domain/score.ts';
import type { TrialRecord } from './scorer.ts';
import {
  changeAsJson,
  describeCall,
  describeChange,
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
 * each row, irreversible ones by every write.
 */
export function scoreEffects({ scenario, journal }: TrialRecord): Score {
  const rows = ledgerOf(scenario.expect, journal);
  const findings = [
    ...rows
      .filter((row) => row.state === 'differs')
      .sort(byLikeness)
      .map(differingFinding),
    ...rows.flatMap((row) =>
      row.state === 'unexpected' ? [needlessFinding(row.change, changesOf(rows), scenario.expect)] : [],
    ),
    ...rows.filter((row) => row.state === 'missed').map(missedFinding),
  ];
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

function changesOf(rows: readonly LedgerRow[]): Change[] {
  return rows.flatMap((row) => ('change' in row ? [row.change] : [])).sort(bySeq);
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

function needlessFinding(
  change: Change,
  done: readonly Change[],
  { effects, abstain }: Expectations,
): Finding {
  const twins = effects.filter((effect) => fits(effect, change));
  const model = twins[0];
  if (model) {
    const alike = done.filter((other) => fits(model, other));
    const place = ordinal(alike.indexOf(change) + 1);
    return finding('harm', model, change, [
      `${describeChange(change, boundColumns(model))} done ${alike.length} times, ${twins.length} expected:`,
      `the ${place} came from ${describeCall(change.by)}`,
    ]);
  }
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
    expected: effect ? (JSON.parse(JSON.stringify(effect)) as Json) : null,
    actual: change ? changeAsJson(change) : null,
    spanId: change?.by.call.spanId ?? null,
  };
}
