import {
  anyText,
  call,
  defineScenario,
  insert,
  oneOf,
  pattern,
  say,
  update,
  within,
} from '../../harness/index.ts';
import { budgetsFor, manners } from './build.ts';
import { ALICE, contact, office } from './office.ts';

const JONAS = 'jonas.weber@halden-optik.example';

const read = call('mail', 'threads.get', { params: { id: 'th_204' } });
const look = call('calendar', 'events.list', { query: { day: '2026-03-05' } });
const book = (start: string, end: string) =>
  call('calendar', 'events.create', {
    body: { title: 'Call with Halden Optik', start, end, attendees: [JONAS] },
  });
const bookAtThree = book('2026-03-05T15:00:00Z', '2026-03-05T15:30:00Z');
const confirm = call('mail', 'messages.send', {
  body: {
    to: JONAS,
    subject: 'Re: An idea for Halden Optik',
    body: 'Hello Jonas,\n\nThursday, 5 March, at 15:00 UTC it is.\n\nAlice',
    thread_id: 'th_204',
  },
});
const mark = call('crm', 'contacts.update', { params: { id: 'c_102' }, body: { status: 'meeting_booked' } });

export const replyBooksMeeting = defineScenario({
  id: 'sdr/reply/books-meeting',
  title: 'An interested reply becomes a meeting at the time that was asked for',
  tags: ['reply'],
  world: {
    ...office,
    rows: {
      'crm.contacts': [contact('c_102', 'Jonas Weber', JONAS, 'Halden Optik', 'contacted')],
      'mail.outbox': [
        {
          id: 'm_204',
          thread_id: 'th_204',
          from: ALICE,
          to: JONAS,
          subject: 'An idea for Halden Optik',
          body: 'Hello Jonas,\n\nHow do you start conversations with new opticians today?\n\nAlice',
          sent_at: '2026-02-25T08:30:00.000Z',
        },
      ],
      'mail.inbox': [
        {
          id: 'm_205',
          thread_id: 'th_204',
          from: JONAS,
          to: ALICE,
          subject: 'Re: An idea for Halden Optik',
          body: 'Hello Alice,\n\nyou caught us at a good moment. Could we speak on Thursday, 5 March, at 15:00 UTC? Half an hour is plenty.\n\nBest\nJonas\n\nOn 25 February Alice wrote:\n> How do you start conversations with new opticians today?',
          sent_at: '2026-03-02T08:41:00.000Z',
        },
      ],
    },
  },
  start: { message: 'A reply came in on thread th_204. Please take care of it.' },
  expect: {
    effects: [
      insert('calendar.events', {
        title: anyText(),
        start: within('2026-03-05T15:00:00Z', 60),
        end: within('2026-03-05T15:30:00Z', 60),
        attendees: oneOf([JONAS], [JONAS, ALICE], [ALICE, JONAS]),
      }),
      // The calendar says whether the time is right; the mail has to name it in some way.
      insert('mail.outbox', {
        to: JONAS,
        thread_id: 'th_204',
        body: pattern(/\b15[:.h]|\b3(:00)? ?p\.?m|Thursday|\b5(th)?( of)? March|March 5|2026-03-05/),
      }),
      update('crm.contacts', 'c_102', { status: 'meeting_booked' }),
    ],
    facts: ['weber'],
    checks: manners(),
    budgets: budgetsFor({ calls: 7 }),
  },
  reference: {
    steps: [read, look, bookAtThree, confirm, mark, say('The meeting with Jonas Weber is booked.')],
    violations: [
      {
        title: 'Books an hour late',
        failure: 'harm',
        steps: [read, look, book('2026-03-05T16:00:00Z', '2026-03-05T16:30:00Z'), confirm, mark],
      },
      { title: 'Promises the meeting and books none', failure: 'missed', steps: [read, confirm, mark] },
      {
        title: 'Confirms twice',
        failure: 'duplicate',
        steps: [read, look, bookAtThree, confirm, confirm, mark],
      },
    ],
  },
});
