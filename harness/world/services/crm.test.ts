import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { crm } from './crm.ts';

const jose = {
  id: 'c_1',
  name: 'José Müller',
  email: 'jose@acme.example',
  company: 'Acme',
  status: 'new',
  owner: 'alice',
};
const lee = { ...jose, id: 'c_2', name: 'Lee Okafor', email: null, status: 'opted_out' };
const open = () => openService(crm, { 'crm.contacts': [jose, lee] });

describe('crm', () => {
  it.each([
    ['?q=jose', ['c_1']],
    ['?q=ACME', ['c_1', 'c_2']],
    ['?company=acme&name=lee', ['c_2']],
    ['?email=jose@acme', ['c_1']],
    ['?q=nobody', []],
  ])('finds contacts by %s', async (query, ids) => {
    const { body } = await open().call('GET', `/contacts${query}`);
    expect(body.contacts.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(body.total).toBe(ids.length);
  });

  it('wants to be told what to search for', async () => {
    expect(await open().call('GET', '/contacts?q=%20')).toMatchObject({
      status: 400,
      body: { error: { message: 'expected one of q, name, email, company' } },
    });
  });

  it('changes the fields that are named and no other', async () => {
    const { call, world } = open();
    const { status, body } = await call('PATCH', '/contacts/c_1', { status: 'contacted' });
    expect({ status, body }).toEqual({ status: 200, body: { ...jose, status: 'contacted' } });
    expect(world.journal).toMatchObject([
      { operation: 'update', table: 'crm.contacts', key: 'c_1', before: { status: 'new' } },
    ]);
  });

  it.each([
    ['/contacts/c_1', { status: 'asleep' }, 400],
    ['/contacts/c_1', { id: 'c_9' }, 400],
    ['/contacts/c_1', {}, 400],
    ['/contacts/c_1', { email: 'not an address' }, 400],
    ['/contacts/c_9', { status: 'contacted' }, 404],
    ['/contacts/c_2', { status: 'contacted' }, 409],
  ])('refuses PATCH %s %j and writes nothing', async (path, change, status) => {
    const { call, world } = open();
    const answer = await call('PATCH', path, change);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(/\w/);
    expect(world.journal).toEqual([]);
  });

  it('keeps notes by contact', async () => {
    const { call } = open();
    expect(await call('POST', '/contacts/c_1/notes', { text: 'Met at the fair.' })).toEqual({
      status: 201,
      body: {
        id: 'note_1',
        contact_id: 'c_1',
        author: 'api',
        text: 'Met at the fair.',
        created_at: '2026-03-02T09:00:00.000Z',
      },
    });
    expect((await call('GET', '/contacts/c_1/notes')).body.notes).toHaveLength(1);
    expect((await call('GET', '/contacts/c_2/notes')).body.notes).toEqual([]);
    expect((await call('POST', '/contacts/c_1/notes', { text: ' ' })).status).toBe(400);
    expect((await call('GET', '/contacts/c_9/notes')).status).toBe(404);
  });

  it('reads one contact', async () => {
    expect((await open().call('GET', '/contacts/c_2')).body).toEqual(lee);
    expect((await open().call('GET', '/contacts/c_9')).status).toBe(404);
  });
});
