import { describe, expect, it } from 'vitest';
import { TOOLS, toolsFor } from './tools.ts';

function tool(name: string) {
  const found = TOOLS.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no tool ${name}`);
  return found;
}

describe('the tools', () => {
  it('have names of their own and closed JSON schemas', () => {
    expect(new Set(TOOLS.map(({ name }) => name)).size).toBe(TOOLS.length);
    for (const { parameters } of TOOLS)
      expect(parameters).toMatchObject({ type: 'object', additionalProperties: false });
    expect(tool('send_mail').parameters.required).toEqual(['to', 'subject', 'body']);
  });

  it.each([
    ['search_contacts', { query: 'José & Co' }, { method: 'GET', path: '/contacts?q=Jos%C3%A9+%26+Co' }],
    ['get_contact', { contact_id: 'c/1' }, { method: 'GET', path: '/contacts/c%2F1' }],
    [
      'update_contact',
      { contact_id: 'c_1', status: 'contacted' },
      { method: 'PATCH', path: '/contacts/c_1', body: { status: 'contacted' } },
    ],
    ['list_inbox', {}, { method: 'GET', path: '/inbox' }],
    ['list_sent_mail', { to: 'a+b@c.example' }, { method: 'GET', path: '/sent?to=a%2Bb%40c.example' }],
    ['current_time', {}, { method: 'GET', path: '/clock' }],
    ['find_busy_times', { from: 'a', to: 'b' }, { method: 'GET', path: '/free-busy?from=a&to=b' }],
    ['list_company_people', { domain: 'a.example' }, { method: 'GET', path: '/companies/a.example/people' }],
    ['list_invitations', { person_id: 'p_1' }, { method: 'GET', path: '/invitations?invitee=p_1' }],
    [
      'send_invitation',
      { person_id: 'p_1', message: 'Hello' },
      { method: 'POST', path: '/invitations', body: { invitee: 'p_1', message: 'Hello' } },
    ],
    ['look_up_suppression', { address: 'a@b.example' }, { path: '/suppressions?address=a%40b.example' }],
  ])('%s makes its call', (name, args, call) => {
    expect(tool(name).call(args)).toMatchObject(call);
  });

  it('refuse arguments that do not fit', () => {
    expect(() => tool('search_contacts').call({ q: 'x' })).toThrow();
    expect(() => tool('update_contact').call({ contact_id: 'c_1', status: 'asleep' })).toThrow();
    expect(() => tool('send_mail').call('not an object')).toThrow();
  });

  it('mark whatever is not a GET as writing', () => {
    const args: Record<string, object> = {
      send_mail: { to: 'x', subject: 'x', body: 'x' },
      update_contact: { contact_id: 'c_1', status: 'new' },
      book_meeting: { title: 'x', start: 'x', end: 'x', attendees: ['x'] },
      add_note: { contact_id: 'c_1', text: 'x' },
      move_meeting: { event_id: 'e_1', start: 'x', end: 'x' },
      cancel_meeting: { event_id: 'e_1' },
      send_linkedin_message: { person_id: 'p_1', text: 'x' },
      send_invitation: { person_id: 'p_1' },
      withdraw_invitation: { invitation_id: 'inv_1' },
      add_suppression: { address: 'x', reason: 'bounce' },
    };
    const writers = TOOLS.filter(({ writes }) => writes);
    expect(writers.map(({ name }) => name)).toEqual(Object.keys(args));
    for (const { name, call } of writers) expect(call(args[name])).not.toMatchObject({ method: 'GET' });
  });
});

describe('toolsFor', () => {
  const office = { crm: 'x', mail: 'x', calendar: 'x' };
  const all = { ...office, companies: 'x', linkedin: 'x', suppressions: 'x' };

  it('offers what the APIs at hand allow, what is needed first first', () => {
    expect(toolsFor(office, 5).map(({ name }) => name)).toEqual([
      'search_contacts',
      'current_time',
      'list_sent_mail',
      'send_mail',
      'update_contact',
    ]);
    expect(toolsFor(office, 99)).toHaveLength(15);
    expect(toolsFor(all, 20)).toHaveLength(20);
    expect(toolsFor(all, 99)).toEqual(TOOLS);
  });
});
