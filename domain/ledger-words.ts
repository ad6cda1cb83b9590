import type { Effect } from './effect.ts';
import type { ForbiddenEffect } from './expected-effect.ts';
import type { LedgerRow } from './ledger.ts';

/** What a state of a row is called wherever a ledger is shown. */
export const LEDGER_WORDS: Record<LedgerRow['state'], string> = {
  met: 'as expected',
  differs: 'not as expected',
  missed: 'expected, not done',
  duplicate: 'done again',
  forbidden: 'forbidden',
  unexpected: 'not expected',
  egress: 'unknown host, blocked',
  allowed: 'allowed',
  undone: 'nothing left of it',
};

/** The kind of write that the row is about: of a change, what all its writes come to. */
export function subjectOf(row: LedgerRow): Pick<Effect, 'operation' | 'table'> {
  switch (row.state) {
    case 'missed':
      return row.expected;
    case 'forbidden':
    case 'egress':
      return row.write;
    case 'undone':
      return row.by;
    default:
      return row.change;
  }
}

/** How many writes of the journal the row stands for. */
export function countWrites(row: LedgerRow): number {
  if ('change' in row) return row.change.writes.length;
  return row.state === 'undone' ? row.writes.length : 1;
}

/** Two rules may give the same reason. */
export function reasonsOf(rules: readonly ForbiddenEffect[]): string[] {
  return [...new Set(rules.map(({ reason }) => reason))];
}
