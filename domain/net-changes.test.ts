import { describe, expect, it } from 'vitest';
import { type ExampleWrite, exampleJournal } from './example-journal.ts';
import { netChanges, undoneWrites } from './net-changes.ts';

const leads = { table: 'crm.leads' };

describe('netChanges', () => {
  it('folds the writes to one row of a reversible table', () => {
    const journal = exampleJournal(
      { ...leads, operation: 'insert', after: { status: 'new' } },
      { ...leads, operation: 'update', before: { status: 'new' }, after: { status: 'won' } },
    );
    expect(netChanges(journal)).toEqual([
      {
        ...leads,
        operation: 'insert',
        key: 'k',
        before: null,
        after: { status: 'won' },
        by: journal[1],
        writes: journal,
      },
    ]);
    expect(undoneWrites(journal)).toEqual([]);
  });

  it('leaves out what was undone, and requests to unknown hosts', () => {
    const journal = exampleJournal(
      { ...leads, operation: 'update', before: { status: 'open' }, after: { status: 'won' } },
      { ...leads, operation: 'update', before: { status: 'won' }, after: { status: 'open' } },
      { operation: 'egress', table: 'tracker.example' },
    );
    expect(netChanges(journal)).toEqual([]);
    expect(undoneWrites(journal)).toEqual([{ by: journal[1], writes: journal.slice(0, 2) }]);
  });

  it('counts every write to an irreversible table, in the order of the journal', () => {
    const mail: ExampleWrite = { operation: 'insert', table: 'mail.outbox', after: { to: 'a' } };
    const journal = exampleJournal(mail, { ...leads, operation: 'insert', after: {} }, mail);
    expect(netChanges(journal).map(({ by, writes }) => [by.seq, writes.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });
});
