import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { contacts } from './contacts.ts';

const mia = {
  id: 'c_1',
  name: 'Mía Sørensen',
  email: 'mia@tern.example',
  phone: '+12125550101',
  company: 'Tern Studio',
  title: 'Architect',
  note: null,
};
const alex = {
  ...mia,
  id: 'c_2',
  name: 'Alex Kim',
  email: null,
  company: null,
  title: null,
  note: 'plumber',
};
const open = () => openService(contacts, { 'contacts.people': [mia, alex] });

describe('contacts', () => {
  it.each([
    ['mia', ['people/c_1']],
    ['Mia tern', ['people/c_1']],
    ['plumb', ['people/c_2']],
    ['5550101', []],
    ['ia', []],
    ['mia kim', []],
  ])('finds people by %s', async (query, names) => {
    const { body } = await open().call('GET', `/people/search?query=${encodeURIComponent(query)}`);
    expect(
      body.results.map(({ person }: { person: { resourceName: string } }) => person.resourceName),
    ).toEqual(names);
  });

  it('tells of a person what is known', async () => {
    const { call } = open();
    expect((await call('GET', '/people/c_1')).body).toEqual({
      resourceName: 'people/c_1',
      names: [{ displayName: 'Mía Sørensen' }],
      emailAddresses: [{ value: 'mia@tern.example' }],
      phoneNumbers: [{ value: '+12125550101' }],
      organizations: [{ name: 'Tern Studio', title: 'Architect' }],
      biographies: [],
    });
    expect((await call('GET', '/people/c_9')).status).toBe(404);
  });

  it('adds and changes people, and refuses what is no number', async () => {
    const { call, world } = open();
    expect(await call('POST', '/people', { name: 'Otto Brandt', phone: '+1 212 555 0188' })).toMatchObject({
      status: 201,
      body: { resourceName: 'people/contact_1' },
    });
    expect((await call('PATCH', '/people/c_2', { phone: '+12125550177' })).body.phoneNumbers).toEqual([
      { value: '+12125550177' },
    ]);
    for (const bad of [{}, { phone: '0188' }, { email: 'otto' }])
      expect((await call('PATCH', '/people/c_2', bad)).status).toBe(400);
    expect((await call('PATCH', '/people/c_9', { title: 'x' })).status).toBe(404);
    expect(world.journal.map(({ operation, key }) => [operation, key])).toEqual([
      ['insert', 'contact_1'],
      ['update', 'c_2'],
    ]);
  });
});
