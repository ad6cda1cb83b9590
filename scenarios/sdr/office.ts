import type { Fixture } from '../../harness/index.ts';

/** Alice's employer, a Monday morning. Companies and people are invented. */
export const office = {
  now: '2026-03-02T09:00:00Z',
  services: ['crm', 'mail', 'calendar'],
  fixtures: ['lumenport'],
};

export const ALICE = 'alice@lumenport.example';
export const TOM = 'tom.becker@lumenport.example';

/** What is there in every scenario: the mailbox, the week's appointments, contacts and mail that are none of its business. */
export const lumenport: Fixture = {
  'mail.accounts': [{ address: ALICE }],
  'calendar.events': [
    event('e_1', 'Pipeline review', '2026-03-02T13:00:00.000Z', '2026-03-02T14:00:00.000Z'),
    event('e_2', 'Stand-up', '2026-03-05T09:00:00.000Z', '2026-03-05T09:15:00.000Z'),
    event('e_3', 'Call with Castellan Glass', '2026-03-05T13:30:00.000Z', '2026-03-05T14:00:00.000Z'),
    event('e_4', 'Forecast', '2026-03-06T10:00:00.000Z', '2026-03-06T11:00:00.000Z'),
  ],
  'crm.contacts': [
    contact('c_11', 'Hanneke de Vries', 'hanneke@tulpkade.example', 'Tulpkade', 'contacted'),
    contact('c_12', 'Owen Castellan', 'owen@castellan-glass.example', 'Castellan Glass', 'meeting_booked'),
    contact('c_13', 'Bea Lindgren', 'bea.lindgren@fjellvind.example', 'Fjellvind', 'replied'),
    contact('c_14', 'Mateus Rocha', 'mrocha@rocha-irmaos.example', 'Rocha & Irmãos', 'opted_out'),
    contact('c_15', 'Sunniva Aas', 'sunniva@aas-marin.example', 'Aas Marin', 'new'),
  ],
  'crm.notes': [
    {
      id: 'n_1',
      contact_id: 'c_12',
      author: TOM,
      text: 'Wants figures for two sites before the call.',
      created_at: '2026-02-26T15:12:00.000Z',
    },
  ],
  'mail.outbox': [
    {
      id: 'm_11',
      thread_id: 'th_11',
      from: ALICE,
      to: 'hanneke@tulpkade.example',
      subject: 'Tulpkade and the first conversation',
      body: 'Hi Hanneke,\n\nHow does Tulpkade find new customers at the moment?\n\nAlice',
      sent_at: '2026-02-24T10:05:00.000Z',
    },
  ],
  'mail.inbox': [
    {
      id: 'm_12',
      thread_id: 'th_12',
      from: 'bea.lindgren@fjellvind.example',
      to: TOM,
      subject: 'Re: Fjellvind',
      body: 'Hi Tom, thanks. Let me talk to our operations people and come back to you.',
      sent_at: '2026-02-27T16:40:00.000Z',
    },
  ],
};

/** A row of the CRM. */
export function contact(
  id: string,
  name: string,
  email: string | null,
  company: string,
  status: string,
  title = 'Head of Sales',
) {
  return { id, name, email, company, title, status, owner: ALICE, phone: null };
}

function event(id: string, title: string, start: string, end: string) {
  return { id, title, start, end, attendees: [ALICE, TOM], description: null };
}
