import { describe, expect, it } from 'vitest';
import type { Effect } from './effect.ts';
import { type ExampleWrite, exampleJournal } from './example-journal.ts';
import { Expectations } from './expectations.ts';
import { isFine, ledgerOf } from './ledger.ts';

const mailTo = (to: string): ExampleWrite => ({
  operation: 'insert',
  table: 'mail.outbox',
  key: to,
  after: { to },
});
const dueMail = (to: string) => ({
  operation: 'insert',
  table: 'mail.outbox',
  columns: { to: { is: 'exact', value: to } },
});
const anyMail = { operation: 'insert', table: 'mail.*', columns: { to: { is: 'anyText' } } };
const expectation = (input: object) => Expectations.parse(input);
const states = (expect: Expectations, journal: Effect[]) =>
  ledgerOf(expect, journal, []).rows.map((row) => row.state);

describe('ledgerOf', () => {
  it('pairs what was due with what was done, in any order', () => {
    const due = expectation({ effects: [dueMail('a'), dueMail('b')] });
    expect(states(due, exampleJournal(mailTo('b'), mailTo('a')))).toEqual(['met', 'met']);
  });

  it('never lets a loose expectation take the only match of a strict one', () => {
    const due = expectation({ effects: [anyMail, dueMail('a')] });
    expect(states(due, exampleJournal(mailTo('a'), mailTo('b')))).toEqual(['met', 'met']);
  });

  it('names what is missing, and what nothing expects', () => {
    const due = expectation({ effects: [dueMail('a')] });
    expect(states(due, [])).toEqual(['missed']);
    expect(states(due, exampleJournal(mailTo('a'), mailTo('b')))).toEqual(['met', 'unexpected']);
  });

  it('sets the nearest effect beside what was due, column by column', () => {
    const due = expectation({
      effects: [
        { operation: 'update', table: 'crm.leads', columns: { status: { is: 'exact', value: 'won' } } },
      ],
    });
    const journal = exampleJournal({
      operation: 'update',
      table: 'crm.leads',
      before: { status: 'open', score: 1 },
      after: { status: 'lost', score: 2 },
    });
    const [row] = ledgerOf(due, journal, []).rows;
    expect(row?.state).toBe('differs');
    expect(row?.columns.map(({ column, before, actual, ok }) => ({ column, before, actual, ok }))).toEqual([
      { column: 'status', before: 'open', actual: 'lost', ok: false },
      { column: 'score', before: 1, actual: 2, ok: false },
    ]);
  });

  it('never lets an allowed write take the place of one that is due or harm', () => {
    const due = expectation({ effects: [anyMail], allow: ['mail.drafts'] });
    const draft = { ...mailTo('a'), table: 'mail.drafts' };
    expect(states(due, exampleJournal(draft, mailTo('b')))).toEqual(['met', 'allowed']);
    expect(states(due, exampleJournal(mailTo('b'), draft))).toEqual(['met', 'allowed']);
  });

  it('tells the key of the row from a column of that name', () => {
    const due = expectation({
      effects: [
        {
          operation: 'insert',
          table: 'crm.leads',
          key: { is: 'exact', value: 'k1' },
          columns: { key: { is: 'exact', value: 'v' } },
        },
      ],
    });
    const write: ExampleWrite = { operation: 'insert', table: 'crm.leads', key: 'k2', after: { key: 'v' } };
    const [row] = ledgerOf(due, exampleJournal(write), []).rows;
    expect(row?.columns.map(({ of, column, actual, ok }) => [of, column, actual, ok])).toEqual([
      ['key', 'key', 'k2', false],
      ['column', 'key', 'v', true],
    ]);
  });

  it('marks forbidden writes, allowed ones, and requests to unknown hosts', () => {
    const rules = expectation({
      allow: ['crm.*'],
      forbid: [{ operation: 'any', table: 'mail.*', columns: {}, reason: 'no mail' }],
    });
    const journal = exampleJournal(
      { operation: 'insert', table: 'crm.notes', after: { text: 'x' } },
      mailTo('a'),
      { operation: 'egress', table: 'tracker.example' },
    );
    expect(ledgerOf(rules, journal, []).rows.map((row) => [row.state, isFine(row)])).toEqual([
      ['forbidden', false],
      ['allowed', true],
      ['unexpected', false],
      ['egress', false],
    ]);
  });
});

describe('a forbidden write', () => {
  const lead = (before: string, after: string): ExampleWrite => ({
    operation: 'update',
    table: 'crm.leads',
    before: { status: before },
    after: { status: after },
  });
  const won = { status: { is: 'exact', value: 'won' } };
  const notWon = { operation: 'update', table: 'crm.leads', columns: won, reason: 'not yet' };

  it('stays forbidden when it is undone', () => {
    const journal = exampleJournal(lead('open', 'won'), lead('won', 'open'));
    expect(states(expectation({ forbid: [notWon] }), journal)).toEqual(['forbidden', 'undone']);
  });

  it('is what was due all the same where the scenario asks for what it forbids', () => {
    const due = { operation: 'update', table: 'crm.leads', columns: won };
    const rules = expectation({ effects: [due], forbid: [notWon] });
    expect(states(rules, exampleJournal(lead('open', 'won')))).toEqual(['forbidden', 'met']);
  });

  it('names every rule that it breaks', () => {
    const never = { operation: 'any', table: 'crm.*', columns: {}, reason: 'read only' };
    const [row] = ledgerOf(
      expectation({ forbid: [notWon, never] }),
      exampleJournal(lead('open', 'won')),
      [],
    ).rows;
    expect(row).toMatchObject({
      state: 'forbidden',
      rules: [{ reason: 'not yet' }, { reason: 'read only' }],
    });
  });
});
