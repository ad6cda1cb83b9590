import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Row } from '../../domain/effect.ts';
import { Expectations } from '../../domain/expectations.ts';
import type { ExpectedEffect, ForbiddenEffect } from '../../domain/expected-effect.ts';
import { isFine, type LedgerRow, ledgerOf } from '../../domain/ledger.ts';
import { matches, mismatches, tableMatches } from '../../domain/match.ts';
import type { Matcher } from '../../domain/matcher.ts';
import { type Change, changedColumns, netChanges } from '../../domain/net-changes.ts';
import { any, exact, id } from '../scenario/matchers.ts';
import { scoreEffects } from './effects.ts';
import { exampleJournal, exampleRecord } from './example-record.ts';
import { scoreForbidden } from './forbidden.ts';

type Write = Pick<Effect, 'operation' | 'table' | 'key' | 'before' | 'after'>;

const tables = ['crm.leads', 'crm.notes', 'mail.outbox', 'mail.drafts'];
const table = fc.constantFrom(...tables);
const tablePattern = fc.constantFrom(...tables, 'crm.*', 'mail.*');
const bit = fc.integer({ min: 0, max: 1 });
const row: fc.Arbitrary<Row> = fc.record({ a: bit, b: bit });

const blockedRequest: Write = {
  operation: 'egress',
  table: 'tracker.example',
  key: 'x',
  before: null,
  after: null,
};

/** All that happens to one row, or one request to an unknown host: no other history depends on it. */
const history: fc.Arbitrary<Write[]> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(table, fc.nat(50), fc.array(fc.option(row), { minLength: 2, maxLength: 4 }))
      .map(([table, key, states]) =>
        states.slice(1).flatMap((after, index): Write[] => {
          const before = states[index] ?? null;
          if (!before && !after) return [];
          const operation = before ? (after ? 'update' : 'delete') : 'insert';
          return [{ operation, table, key: `k${key}`, before, after }];
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Write[]>([blockedRequest]),
  },
);
const histories = fc.uniqueArray(history, {
  maxLength: 4,
  selector: ([first]) => `${first?.table} ${first?.key}`,
});

/** The histories told in two orders: of the writes to one row the order is kept. */
const journals = histories.chain((list) => {
  const turns = list.flatMap((writes, index) => writes.map(() => index));
  const order = fc.shuffledSubarray(turns, { minLength: turns.length });
  return fc.tuple(order, order).map((orders) => orders.map((turns) => journalOf(list, turns)));
});

function journalOf(histories: readonly Write[][], turns: readonly number[]): Effect[] {
  const left = histories.map((writes) => [...writes]);
  return exampleJournal(...turns.flatMap((turn) => left[turn]?.splice(0, 1) ?? []));
}

/** What a change would meet, strictly or loosely, and now and then with a slip. */
function expectationOf({ operation, table, key, before, after }: Change): fc.Arbitrary<ExpectedEffect> {
  const slip = fc.constantFrom<('table' | 'value' | null)[]>('table', 'value', ...Array(8).fill(null));
  return fc
    .record({
      strict: fc.boolean(),
      wide: fc.boolean(),
      slip,
      other: tablePattern,
      keyName: fc.option(fc.constantFrom('x', 'y', 'z')),
      names: fc.record({ a: fc.option(fc.constantFrom('x', 'y')), b: fc.option(fc.constantFrom('x', 'y')) }),
    })
    .map(({ strict, wide, slip, other, keyName, names }) => ({
      operation,
      table: slip === 'table' ? other : wide ? table.replace(/\..*/, '.*') : table,
      ...(strict ? { key: exact(key) } : keyName ? { key: id(keyName) } : {}),
      columns: Object.fromEntries(
        Object.entries(after ?? before ?? {}).map(([name, value]) => [
          name,
          strict ? exact(slip === 'value' ? 2 : value) : looseMatcher(names[name as 'a' | 'b']),
        ]),
      ),
    }));
}

function looseMatcher(name: string | null): Matcher {
  return name === null ? any() : id(name);
}

const cases = journals.chain(([journal = [], reordered = []]) =>
  fc.record({
    journal: fc.constant(journal),
    reordered: fc.constant(reordered),
    expected: fc
      .record({
        effects: fc
          .subarray(netChanges(journal))
          .chain((changes) => fc.tuple(...changes.map(expectationOf)))
          .chain((effects) => fc.shuffledSubarray(effects, { minLength: effects.length })),
        allow: fc.array(tablePattern, { maxLength: 2 }),
        forbid: fc.array(
          fc.record({
            operation: fc.constantFrom('insert', 'update', 'delete', 'any'),
            table: tablePattern,
            columns: fc.constantFrom({}, { a: exact(1) }),
            reason: fc.constant('never'),
          }),
          { maxLength: 1 },
        ),
      })
      .map((parts) => Expectations.parse(parts)),
  }),
);

function passes(expect: Expectations, journal: readonly Effect[]): { effects: boolean; forbidden: boolean } {
  const record = exampleRecord(expect, { journal });
  const [effects, forbidden] = [scoreEffects(record), scoreForbidden(record)];
  return {
    effects: effects.kind === 'scored' && effects.pass,
    forbidden: forbidden.kind === 'scored' && forbidden.pass,
  };
}

/**
 * By trying every assignment: all that is due is done, each by a change of its own, and the rest is allowed; `pairs` are
 * the names of ids with their values so far.
 */
function canBeAssigned(
  [due, ...others]: readonly ExpectedEffect[],
  done: readonly Change[],
  allow: readonly string[],
  pairs: readonly string[][] = [],
): boolean {
  if (!isOneToOne(pairs)) return false;
  if (!due) return done.every(({ table }) => allow.some((pattern) => tableMatches(pattern, table)));
  return done.some(
    (change) =>
      isMetBy(due, change) &&
      canBeAssigned(
        others,
        done.filter((other) => other !== change),
        allow,
        [...pairs, ...idsOf(due, change)],
      ),
  );
}

function idsOf({ key, columns }: ExpectedEffect, change: Change): string[][] {
  const row = change.after ?? change.before ?? {};
  return [
    ...(key?.is === 'id' ? [[key.name, change.key]] : []),
    ...Object.entries(columns).flatMap(([column, matcher]) =>
      matcher.is === 'id' ? [[matcher.name, String(row[column])]] : [],
    ),
  ];
}

/** No name stands for two values, no value for two names. */
function isOneToOne(pairs: readonly string[][]): boolean {
  const distinct = new Set(pairs.map(([name, value]) => `${name} ${value}`)).size;
  return [0, 1].every((side) => new Set(pairs.map((pair) => pair[side])).size === distinct);
}

function isMetBy({ operation, table, key, columns }: ExpectedEffect, change: Change): boolean {
  return (
    operation === change.operation &&
    tableMatches(table, change.table) &&
    (!key || matches(key, change.key)) &&
    mismatches(columns, change.after ?? change.before ?? {}).length === 0 &&
    (operation !== 'update' || changedColumns(change).every((name) => name in columns))
  );
}

function isForbidden(
  { operation, table, before, after }: Effect,
  rules: readonly ForbiddenEffect[],
): boolean {
  return (
    operation === 'egress' ||
    rules.some(
      (rule) =>
        ['any', operation].includes(rule.operation) &&
        tableMatches(rule.table, table) &&
        mismatches(rule.columns, after ?? before ?? {}).length === 0,
    )
  );
}

describe('the ledger and the scorers', () => {
  it('agree with each other, and with a trial of every assignment', () => {
    fc.assert(
      fc.property(cases, ({ expected, journal }) => {
        const { effects, forbidden } = passes(expected, journal);
        expect(ledgerOf(expected, journal, []).rows.every(isFine)).toBe(effects && forbidden);
        expect(effects).toBe(canBeAssigned(expected.effects, netChanges(journal), expected.allow));
        expect(forbidden).toBe(!journal.some((effect) => isForbidden(effect, expected.forbid)));
      }),
      { numRuns: 500 },
    );
  });

  it('never mind the order of independent writes', () => {
    fc.assert(
      fc.property(cases, ({ expected, journal, reordered }) => {
        expect(passes(expected, reordered)).toEqual(passes(expected, journal));
        expect(tally(ledgerOf(expected, reordered, []).rows)).toEqual(
          tally(ledgerOf(expected, journal, []).rows),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('tell every expected effect and every change once', () => {
    fc.assert(
      fc.property(cases, ({ expected, journal }) => {
        const { rows } = ledgerOf(expected, journal, []);
        expect(rows.flatMap((row) => ('expected' in row ? [row.expected] : []))).toEqual(expected.effects);
        const told = rows.flatMap((row) => ('change' in row ? [row.change.by.seq] : []));
        expect(told.sort((a, b) => a - b)).toEqual(netChanges(journal).map(({ by }) => by.seq));
      }),
    );
  });
});

/** How many rows of each state. Which of several like writes is set beside what was missed is no part of the law. */
function tally(rows: readonly LedgerRow[]): Record<string, number> {
  const count = (...states: LedgerRow['state'][]) =>
    rows.filter(({ state }) => states.includes(state)).length;
  return {
    met: count('met'),
    due: count('differs', 'missed'),
    excess: count('differs', 'unexpected', 'duplicate'),
    forbidden: count('forbidden'),
    egress: count('egress'),
    allowed: count('allowed'),
    undone: count('undone'),
  };
}
