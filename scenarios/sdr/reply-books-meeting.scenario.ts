import { anyText, defineScenario, insert, oneOf, pattern, update, within } from '../../harness/index.ts';
import { ALICE, contact, office } from './office.ts';

const JONAS = 'jonas.weber@halden-optik.example';

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
    allow: ['crm.notes'],
    budgets: { seconds: 90, usd: 0.05, modelCalls: 15 },
  },
});
