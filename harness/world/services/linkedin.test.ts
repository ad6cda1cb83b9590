import { describe, expect, it } from 'vitest';
import { openService } from './call-service.ts';
import { linkedin } from './linkedin.ts';

const jose = {
  id: 'p_1',
  name: 'José Prado',
  headline: 'Head of Operations',
  company: 'Corvane',
  location: 'Porto',
  degree: 2,
};
const dana = { ...jose, id: 'p_2', name: 'Dana Ruiz', company: 'Northmere', degree: 1 };
const received = {
  id: 'l_1',
  conversation_id: 'conv_7',
  person_id: 'p_2',
  from_me: false,
  text: 'Tell me more.',
  sent_at: '2026-02-28T09:00:00.000Z',
};
const open = (invitations: object[] = []) =>
  openService(linkedin, {
    'linkedin.people': [jose, dana],
    'linkedin.messages': [received],
    'linkedin.invitations': invitations as never,
  });
const ids = ({ body }: { body: { elements: { id: string }[] } }) => body.elements.map(({ id }) => id);

describe('linkedin', () => {
  it.each([
    ['keywords=jose', ['p_1']],
    ['keywords=OPERATIONS', ['p_1', 'p_2']],
    ['keywords=operations&company=north', ['p_2']],
    ['keywords=operations&count=1&start=1', ['p_2']],
    ['keywords=nobody', []],
  ])('finds members by %s', async (query, found) => {
    expect(ids(await open().call('GET', `/people?${query}`))).toEqual(found);
  });

  it('says how many there are behind a page', async () => {
    const { body } = await open().call('GET', '/people?keywords=operations&count=1');
    expect(body.paging).toEqual({ start: 0, count: 1, total: 2 });
  });

  it('asks to connect, for good', async () => {
    const { call, world } = open();
    const { status, body } = await call('POST', '/invitations', { invitee: 'p_1', message: 'Hello José' });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: 'inv_1',
        invitee: 'p_1',
        message: 'Hello José',
        status: 'pending',
        sent_at: '2026-03-02T09:00:00.000Z',
      },
    });
    expect(world.journal).toMatchObject([{ table: 'linkedin.invitations', irreversible: true }]);
    expect((await call('POST', '/invitations', { invitee: 'p_1' })).status).toBe(409);
    expect((await call('DELETE', '/invitations/inv_1')).body.status).toBe('withdrawn');
    expect((await call('DELETE', '/invitations/inv_1')).status).toBe(409);
    expect((await call('POST', '/invitations', { invitee: 'p_1' })).status).toBe(201);
    expect(ids(await call('GET', '/invitations?invitee=p_2'))).toEqual([]);
  });

  it.each([
    ['/invitations', { invitee: 'p_2' }, 409],
    ['/invitations', { invitee: 'p_9' }, 404],
    ['/invitations', { invitee: 'p_1', message: 'x'.repeat(301) }, 400],
    ['/messages', { person_id: 'p_1', text: 'Hello' }, 403],
    ['/messages', { person_id: 'p_9', text: 'Hello' }, 404],
    ['/messages', { person_id: 'p_2', text: ' ' }, 400],
  ])('refuses POST %s %j and sends nothing', async (path, body, status) => {
    const { call, world } = open();
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(/\w/);
    expect(world.journal).toEqual([]);
  });

  it('writes to the connected, in the conversation there is', async () => {
    const { call, world } = open();
    const { body } = await call('POST', '/messages', { person_id: 'p_2', text: 'Gladly.' });
    expect(body).toMatchObject({ id: 'lm_1', conversation_id: 'conv_7', from_me: true });
    expect(ids(await call('GET', '/messages?conversation_id=conv_7'))).toEqual(['l_1', 'lm_1']);
    expect(ids(await call('GET', '/messages?person_id=p_1'))).toEqual([]);
    expect((await call('GET', '/messages')).status).toBe(400);
    expect(world.journal).toMatchObject([{ table: 'linkedin.messages', irreversible: true }]);
  });

  it('shows a member', async () => {
    expect((await open().call('GET', '/people/p_1')).body).toEqual(jose);
    expect((await open().call('GET', '/people/p_9')).status).toBe(404);
  });
});
