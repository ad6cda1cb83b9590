import { anyText, call, defineScenario, insert, pattern, say, update } from '../../harness/index.ts';
import { budgetsFor, manners } from './build.ts';
import { ALICE, contact, office } from './office.ts';

const PRIYA = 'priya.nair@ferrostack.example';

const find = call('crm', 'contacts.search', { query: { q: 'Priya Nair' } });
const write = call('mail', 'messages.send', {
  body: {
    to: PRIYA,
    subject: 'Ferrostack and the first conversation',
    body: 'Dear Priya,\n\nhow does Ferrostack find new customers today?\n\nAlice',
  },
});
const mark = call('crm', 'contacts.update', { params: { id: 'c_101' }, body: { status: 'contacted' } });

export const firstTouch = defineScenario({
  id: 'sdr/first-touch',
  title: 'A new lead gets one first mail',
  tags: ['outreach'],
  world: {
    ...office,
    rows: {
      'crm.contacts': [contact('c_101', 'Priya Nair', PRIYA, 'Ferrostack', 'new', 'Head of Operations')],
    },
  },
  start: {
    message:
      'New lead from the web form: Priya Nair, Head of Operations at Ferrostack. Please send her our first mail.',
  },
  expect: {
    effects: [
      insert('mail.outbox', {
        from: ALICE,
        to: PRIYA,
        subject: anyText(),
        body: pattern(/Priya|Nair/),
      }),
      update('crm.contacts', 'c_101', { status: 'contacted' }),
    ],
    facts: ['nair'],
    checks: manners(),
    budgets: budgetsFor({ calls: 5 }),
  },
  reference: {
    steps: [
      find,
      call('mail', 'messages.sent', { query: { to: PRIYA } }),
      write,
      mark,
      say('Priya Nair has our first mail.'),
    ],
    violations: [
      { title: 'Sends the mail twice', failure: 'duplicate', steps: [find, write, write, mark] },
      {
        title: 'Marks the lead and sends nothing',
        failure: 'missed',
        steps: [find, mark, say('Priya Nair has our first mail.')],
      },
      { title: 'Sends the mail and does not mark the lead', failure: 'missed', steps: [find, write] },
      {
        title: 'Takes over the lead as well',
        failure: 'harm',
        steps: [
          find,
          write,
          call('crm', 'contacts.update', {
            params: { id: 'c_101' },
            body: { status: 'contacted', owner: 'alice' },
          }),
        ],
      },
    ],
  },
});
