import { describe, expect, it } from 'vitest';
import { type ExampleWrite, exampleJournal } from './example-journal.ts';
import { Expectations } from './expectations.ts';
import { ledgerOf } from './ledger.ts';
import { shownRows } from './shown-rows.ts';

const shown = (expectations: object, ...writes: ExampleWrite[]) =>
  shownRows(ledgerOf(Expectations.parse(expectations), exampleJournal(...writes), []).rows).map(
    ({ state }) => state,
  );

const mail: ExampleWrite = { operation: 'insert', table: 'mail.outbox', after: { to: 'a' } };
const dueMail = { operation: 'insert', table: 'mail.outbox', columns: { to: { is: 'exact', value: 'a' } } };
const lead = (before: string, after: string): ExampleWrite => ({
  operation: 'update',
  table: 'crm.leads',
  before: { status: before },
  after: { status: after },
});
const never = (table: string, columns: object = {}) => ({
  operation: 'any',
  table,
  columns,
  reason: 'never',
});

describe('shownRows', () => {
  it('puts failures first', () => {
    expect(shown({ effects: [dueMail] }, mail, mail)).toEqual(['duplicate', 'met']);
  });

  it('lists a forbidden write once', () => {
    expect(shown({ forbid: [never('mail.*')] }, mail)).toEqual(['forbidden']);
    expect(shown({ forbid: [never('mail.*')], allow: ['mail.*'] }, mail)).toEqual(['forbidden']);
  });

  it('keeps what was due beside the write that was forbidden', () => {
    expect(shown({ effects: [dueMail], forbid: [never('mail.*')] }, mail)).toEqual(['forbidden', 'met']);
  });

  it('keeps a change of which only some writes were forbidden', () => {
    const forbid = [never('crm.leads', { status: { is: 'exact', value: 'won' } })];
    expect(shown({ forbid }, lead('open', 'lost'), lead('lost', 'won'))).toEqual(['forbidden', 'unexpected']);
    expect(shown({ forbid }, lead('open', 'won'), lead('won', 'open'))).toEqual(['forbidden', 'undone']);
  });
});
