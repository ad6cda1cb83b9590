import { describe, expect, it } from 'vitest';
import { WorldCall } from './effect.ts';
import { type ExampleWrite, exampleJournal } from './example-journal.ts';
import { grantBreaches } from './grant-breaches.ts';

const grants = {
  enforced: false,
  principals: { agent: { read: ['crm.*'], write: ['crm.contacts.status', 'mail.outbox'] } },
};
const write = { key: 'c1', before: { status: 'new', owner: 'Tom' } };
const breachesOf = (...writes: ExampleWrite[]) => grantBreaches(grants, exampleJournal(...writes), []);

function read(number: number, reads: string[], principal = 'agent') {
  const call = { number, service: 'mail', operation: 'inbox.list', traceId: null, spanId: null, principal };
  return WorldCall.parse({ ...call, at: 0, request: null, status: 200, response: null, fault: null, reads });
}

describe('grantBreaches', () => {
  it('finds none in what is granted', () => {
    const after = { status: 'replied', owner: 'Tom' };
    expect(
      breachesOf(
        { ...write, operation: 'update', table: 'crm.contacts', after },
        { ...write, operation: 'update', table: 'crm.contacts', after: write.before },
        { operation: 'insert', table: 'mail.outbox', after: { to: 'lee' } },
        { operation: 'egress', table: 'evil.test', after: {} },
      ),
    ).toEqual([]);
  });

  it('names the columns of an update that are not granted', () => {
    const after = { status: 'replied', owner: 'Eve' };
    expect(breachesOf({ ...write, operation: 'update', table: 'crm.contacts', after })).toMatchObject([
      { kind: 'write', table: 'crm.contacts', columns: ['owner'], grant: grants.principals.agent },
    ]);
  });

  it('wants the whole table for an insert or a delete', () => {
    expect(
      breachesOf(
        { operation: 'insert', table: 'crm.contacts', after: { status: 'new' } },
        { ...write, operation: 'delete', table: 'crm.contacts' },
        { operation: 'insert', table: 'crm.notes', after: {} },
      ).map(({ table }) => table),
    ).toEqual(['crm.contacts', 'crm.contacts', 'crm.notes']);
  });

  it('finds reads in the order of the calls, and grants a stranger nothing', () => {
    const calls = [read(1, ['crm.contacts', 'mail.inbox']), read(2, ['crm.notes'], 'constructor')];
    expect(
      grantBreaches(grants, [], calls).map(({ kind, table, call, grant }) => [
        kind,
        table,
        call.number,
        grant,
      ]),
    ).toEqual([
      ['read', 'mail.inbox', 1, grants.principals.agent],
      ['read', 'crm.notes', 2, null],
    ]);
  });
});
