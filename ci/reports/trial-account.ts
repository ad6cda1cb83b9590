import { type Ledger, ledgerOf } from '../../domain/ledger.ts';
import type { Trial, Turn } from '../../domain/trial.ts';

/** What a trial did, for a reader who asks why it failed: some kilobytes, so kept of a few trials only. */
export type TrialAccount = {
  /** What was due beside what was done. */
  ledger: Ledger;
  turns: readonly Turn[];
  /** How many calls its world answered. */
  calls: number;
};

export function accountOf({ scenario, journal, turns, calls }: Trial): TrialAccount {
  return { ledger: ledgerOf(scenario.expect, journal, turns), turns, calls: calls.length };
}
