import { describe, expect, it } from 'vitest';
import { Effect } from '../../../../domain/effect.ts';
import type { JsonObject } from '../../../../domain/json.ts';
import { Expectations } from '../../../../domain/scenario.ts';
import { isFine, ledgerRows } from './ledger.ts';
import { netEffects } from './net-effects.ts';

const call = { number: 1, service: 'crm', operation: 'write', traceId: null, spanId: null };

function journalOf(
  ...writes: { operation: string; table: string; key?: string; before?: JsonObject; after?: JsonObject }[]
) {
  return writes.map((write, index) =>
    Effect.parse({
      seq: index + 1,
      at: 0,
      key: 'k',
      before: null,
      after: null,
      irreversible: write.table.startsWith('mail.'),
      call,
      ...write,
    }),
  );
}

const mailTo = (to: string) => ({ operation: 'insert', table: 'mail.outbox', key: to, after: { to } });
const dueMail = (to: string) => ({
  operation: 'insert',
  table: 'mail.outbox',
  columns: { to: { is: 'exact', value: to } },
});
const anyMail = { operation: 'insert', table: 'mail.*', columns: { to: { is: 'anyText' } } };
const expectation = (input: object) => Expectations.parse(input);
const states = (expect: Expectations, journal: Effect[]) =>
  ledgerRows(expect, journal).map((row) => row.state);

describe('ledgerRows', () => {
  it('pairs what was due with what was done, in any order', () => {
    const due = expectation({ effects: [dueMail('a'), dueMail('b')] });
    expect(states(due, journalOf(mailTo('b'), mailTo('a')))).toEqual(['met', 'met']);
  });

  it('never lets a loose expectation take the only match of a strict one', () => {
    const due = expectation({ effects: [anyMail, dueMail('a')] });
    expect(states(due, journalOf(mailTo('a'), mailTo('b')))).toEqual(['met', 'met']);
  });

  it('names what is missing, and what nothing expects', () => {
    const due = expectation({ effects: [dueMail('a')] });
    expect(states(due, [])).toEqual(['missed']);
    expect(states(due, journalOf(mailTo('a'), mailTo('a')))).toEqual(['unexpected', 'met']);
  });

  it('sets the nearest effect beside what was due, column by column', () => {
    const due = expectation({
      effects: [
        { operation: 'update', table: 'crm.leads', columns: { status: { is: 'exact', value: 'won' } } },
      ],
    });
    const journal = journalOf({
      operation: 'update',
      table: 'crm.leads',
      before: { status: 'open', score: 1 },
      after: { status: 'lost', score: 2 },
    });
    const [row] = ledgerRows(due, journal);
    expect(row?.state).toBe('differs');
    expect(row?.columns.map(({ column, before, actual, ok }) => ({ column, before, actual, ok }))).toEqual([
      { column: 'status', before: 'open', actual: 'lost', ok: false },
      { column: 'score', before: 1, actual: 2, ok: false },
    ]);
  });

  it('marks forbidden writes, allowed ones, and requests to unknown hosts', () => {
    const rules = expectation({
      allow: ['crm.*'],
      forbid: [{ operation: 'any', table: 'mail.*', columns: {}, reason: 'no mail' }],
    });
    const journal = journalOf(
      { operation: 'insert', table: 'crm.notes', after: { text: 'x' } },
      mailTo('a'),
      { operation: 'egress', table: 'tracker.example' },
    );
    expect(ledgerRows(rules, journal).map((row) => [row.state, isFine(row)])).toEqual([
      ['forbidden', false],
      ['egress', false],
      ['allowed', true],
    ]);
  });
});

describe('netEffects', () => {
  it('folds the writes to one row of a reversible table', () => {
    const journal = journalOf(
      { operation: 'insert', table: 'crm.leads', after: { status: 'new' } },
      { operation: 'update', table: 'crm.leads', before: { status: 'new' }, after: { status: 'won' } },
    );
    expect(netEffects(journal)).toMatchObject([
      { writes: 2, undone: false, effect: { operation: 'insert', before: null, after: { status: 'won' } } },
    ]);
  });

  it('knows what was undone', () => {
    const row = { status: 'open' };
    const journal = journalOf(
      { operation: 'update', table: 'crm.leads', before: row, after: { status: 'won' } },
      { operation: 'update', table: 'crm.leads', before: { status: 'won' }, after: row },
    );
    expect(netEffects(journal)).toMatchObject([{ writes: 2, undone: true }]);
  });

  it('counts every write to an irreversible table', () => {
    expect(netEffects(journalOf(mailTo('a'), mailTo('a')))).toHaveLength(2);
  });
});
