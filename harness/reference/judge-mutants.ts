import { canonicalJson } from '../../domain/canonical-json.ts';
import type { ExpectedEffect } from '../../domain/expected-effect.ts';
import type { Json } from '../../domain/json.ts';
import { type LedgerRow, ledgerOf } from '../../domain/ledger.ts';
import { madeCalls } from '../../domain/made-calls.ts';
import { columnOf, tableMatches } from '../../domain/match.ts';
import type { Matcher } from '../../domain/matcher.ts';
import { type Change, changedColumns, changesState, netChanges } from '../../domain/net-changes.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReferenceStep } from '../../domain/reference.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { scoreTrial } from '../scorers/score-trial.ts';
import type { ScoringPack, TrialRecord } from '../scorers/scorer.ts';
import { onlyReads } from '../world/serve-operation.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { playSteps } from './play-steps.ts';

/** What became of a mutant, beside what should have. `equivalent`: it differs only where the scenario leaves freedom. */
export type JudgedMutant = Mutant & { verdict: 'right' | 'wrong' | 'equivalent'; outcome: Outcome };

/**
 * Plays every mutant of a scenario's reference and judges it. What was left out, doubled or altered so that a row or a
 * value that the scenario binds comes out otherwise has to fail; independent writes in another order and further reads
 * must not be held against the effects.
 */
export async function judgeMutants(scenario: Scenario, pack: ScoringPack): Promise<JudgedMutant[]> {
  const steps = scenario.reference?.steps ?? [];
  const { record: reference } = await playSteps(steps, scenario, pack);
  const ledger = ledgerOf(scenario.expect, reference.journal, reference.turns);
  const places = stepsThatCount(ledger.rows, steps, reference.calls);
  const mutants = mutantsOf(steps, places, readsOf(scenario, pack));
  const judged: JudgedMutant[] = [];
  for (const mutant of mutants) {
    const { record } = await playSteps(mutant.steps, scenario, pack);
    const { outcome, scores } = scoreTrial(record, pack);
    const verdict = ((): JudgedMutant['verdict'] => {
      if (mutant.kind === 'reorder' && !isIndependent(reference, record)) return 'equivalent';
      if (mutant.kind === 'reorder' || mutant.kind === 'read') {
        const flagged = scores.some(
          (score) => score.kind === 'scored' && score.axis !== 'budgets' && !score.pass,
        );
        return flagged ? 'wrong' : 'right';
      }
      if (outcome.kind === 'failed') return 'right';
      const { end } = ledgerOf(scenario.expect, record.journal, record.turns);
      const same = printOf(record, ledger.rows) === printOf(reference, ledger.rows);
      return same || end !== ledger.end ? 'equivalent' : 'wrong';
    })();
    judged.push({ ...mutant, verdict, outcome });
  }
  return judged;
}

/** The steps whose calls brought about what was due: those of harmless writes may be missing. */
function stepsThatCount(
  rows: readonly LedgerRow[],
  steps: readonly ReferenceStep[],
  calls: TrialRecord['calls'],
): number[] {
  const counting = new Set(
    rows.flatMap((row) =>
      row.state === 'met' ? row.change.writes.filter(changesState).map(({ call }) => call.number) : [],
    ),
  );
  const made = madeCalls(calls);
  return steps
    .flatMap((step, place) => ('call' in step ? [place] : []))
    .filter((_, index) => counting.has(made[index]?.number ?? 0));
}

/**
 * Reads to put in: those of the reference, and where nobody is forbidden to read, every operation that reads and needs
 * no parameter.
 */
function readsOf({ reference, world }: Scenario, { services }: ScoringPack): ReferenceStep[] {
  const operations = services
    .filter(({ name }) => world.services.includes(name))
    .flatMap(({ name, operations }) =>
      operations.filter(onlyReads).map((operation) => ({ name, operation })),
    );
  const own = (reference?.steps ?? []).filter(
    (step) =>
      'call' in step &&
      operations.some(
        ({ name, operation }) => name === step.call.service && operation.id === step.call.operation,
      ),
  );
  const free = world.grants
    ? []
    : operations
        .filter(({ operation }) => !operation.path.includes(':') && operation.method === 'GET')
        .map(({ name, operation }): ReferenceStep => {
          const call = { service: name, operation: operation.id, params: {}, query: {}, body: null };
          return { call };
        });
  return [...own, ...free];
}

/** Whether the calls of a swap still do the same: each met the fault and the status of before, and none names what another has made. */
function isIndependent(reference: TrialRecord, swapped: TrialRecord): boolean {
  const met = ({ calls }: TrialRecord) =>
    calls.map(({ operation, request, status, fault }) => canonicalJson([operation, request, status, fault]));
  if (canonicalJson(met(reference).sort()) !== canonicalJson(met(swapped).sort())) return false;
  const rows = reference.journal.map(({ table, key }) => `${table} ${key}`);
  if (new Set(rows).size < rows.length) return false;
  const made = reference.journal.filter(({ operation }) => operation === 'insert').map(({ key }) => key);
  const asked = reference.calls.map(({ request }) => JSON.stringify(request));
  return !made.some((key) => asked.some((request) => request.includes(JSON.stringify(key))));
}

/** What a record comes to where the scenario binds it: rows in any order, without what is free. */
function printOf({ scenario, journal }: TrialRecord, rows: readonly LedgerRow[]): string {
  const due = rows.flatMap((row) => ('expected' in row ? [row.expected] : []));
  const { allow } = scenario.expect;
  const counted = netChanges(journal).filter(({ table }) => !allow.some((one) => tableMatches(one, table)));
  return canonicalJson(counted.map((change) => canonicalJson(boundPart(change, due))).sort());
}

function boundPart(change: Change, due: readonly ExpectedEffect[]): Json {
  const { operation, table, key, before, after } = change;
  const alike = due.filter((effect) => effect.operation === operation && tableMatches(effect.table, table));
  const bound = alike.flatMap(({ columns }) => Object.keys(columns).filter((name) => isBound(columns[name])));
  const names = operation === 'update' ? [...bound, ...strays(change, alike)] : bound;
  const row = after ?? before;
  const values = Object.fromEntries(names.map((name) => [name, columnOf(row, name)]));
  return [operation, table, operation === 'insert' ? null : key, values];
}

/** Columns that an update changed and no expected effect of its kind names: none is free. */
function strays(change: Change, alike: readonly ExpectedEffect[]): string[] {
  return changedColumns(change).filter((name) => !alike.some(({ columns }) => name in columns));
}

/** Whether an alteration as of `mutantsOf` may be told by a matcher: not where the author takes nearly anything. */
function isBound(matcher: Matcher | undefined): boolean {
  switch (matcher?.is) {
    case undefined:
    case 'any':
    case 'anyText':
    case 'noneOf':
      return false;
    case 'near':
      return matcher.tolerance < 1;
    case 'within':
      return matcher.seconds < 86_400;
    default:
      return true;
  }
}
