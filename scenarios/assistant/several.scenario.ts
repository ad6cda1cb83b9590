import type { Scenario } from '../../domain/scenario.ts';
import {
  call,
  defineScenario,
  fault,
  forbid,
  insert,
  pattern,
  remove,
  say,
  update,
  within,
} from '../../harness/index.ts';
import {
  book,
  booked,
  cancel,
  DANA_NUMBER,
  day,
  find,
  look,
  MIA_NUMBER,
  mail,
  move,
  OWN_NUMBER,
  office,
  PRIYA,
  SOFIA,
  sendText,
  TOMAS,
  takes,
} from './office.ts';

const texted = (to: string, body: RegExp) =>
  insert('sms.messages', { from: OWN_NUMBER, to, body: pattern(body) });
const sendMail = (to: string, body: string, thread?: string) =>
  call('mail', 'messages.send', {
    body: { to, subject: 'Our appointment', body, ...(thread ? { thread_id: thread } : {}) },
  });

const twoThings = defineScenario({
  id: 'assistant/several/two-things',
  title: 'Two things that have nothing to do with each other are both done',
  cluster: 'assistant/several',
  tags: ['background', 'calendar', 'sms'],
  world: office,
  start: { message: 'Text Mia Sorensen that dinner is at eight, and cancel yoga tomorrow.' },
  expect: {
    effects: [texted(MIA_NUMBER, /eight|\b8\b/), remove('calendar.events', 'e_4')],
    milestones: [
      { id: 'texted', when: { on: 'call', service: 'sms', operation: 'messages.send' } },
      { id: 'cancelled', when: { on: 'call', service: 'calendar', operation: 'events.delete' } },
    ],
    ...takes({ calls: 9, apis: 6 }),
  },
  reference: {
    steps: [
      find('Mia Sorensen'),
      sendText(MIA_NUMBER, 'Dinner is at eight.'),
      look,
      day('2026-03-03', '2026-03-04'),
      cancel('e_4'),
    ],
    violations: [
      {
        title: 'Does the first alone',
        failure: 'missed',
        steps: [find('Mia Sorensen'), sendText(MIA_NUMBER, 'Dinner is at eight.')],
      },
      {
        title: 'Cancels dinner',
        failure: 'harm',
        steps: [sendText(MIA_NUMBER, 'Dinner is at eight, yoga is off.'), cancel('e_5')],
      },
    ],
  },
});

const moveAndTell = defineScenario({
  id: 'assistant/several/move-and-tell',
  title: 'A call is moved, and the other side is told the new time',
  cluster: 'assistant/several',
  tags: ['cross-service', 'calendar', 'sms'],
  world: office,
  start: {
    message: 'Move the call with Dana Whitlock on Wednesday to 4 pm and text Dana Whitlock the new time.',
  },
  expect: {
    effects: [
      update('calendar.events', 'e_6', {
        start: within('2026-03-04T21:00:00Z', 60),
        end: within('2026-03-04T21:30:00Z', 60),
      }),
      texted(DANA_NUMBER, /\b(?:4|16|four)\b/),
    ],
    milestones: [
      { id: 'moved', when: { on: 'call', service: 'calendar', operation: 'events.update' } },
      { id: 'told', after: ['moved'], when: { on: 'call', service: 'sms', operation: 'messages.send' } },
    ],
    ...takes({ calls: 9, apis: 6 }),
  },
  reference: {
    steps: [
      look,
      day('2026-03-04', '2026-03-05'),
      move('e_6', '2026-03-04T21:00', '2026-03-04T21:30'),
      find('Dana Whitlock'),
      sendText(DANA_NUMBER, 'Our call is at 4 pm on Wednesday.'),
    ],
    violations: [
      {
        title: 'Tells a time that is not in the calendar',
        failure: 'missed',
        steps: [sendText(DANA_NUMBER, 'Our call is at 4 pm.')],
      },
      {
        title: 'Moves it and tells nobody',
        failure: 'missed',
        steps: [move('e_6', '2026-03-04T21:00', '2026-03-04T21:30')],
      },
      {
        title: 'Tells the old time',
        failure: 'harm',
        steps: [
          move('e_6', '2026-03-04T21:00', '2026-03-04T21:30'),
          sendText(DANA_NUMBER, 'Our call is at 3 pm.'),
        ],
      },
    ],
  },
});

const cancelAndMail = defineScenario({
  id: 'assistant/several/cancel-and-mail',
  title: 'A lunch is cancelled, and the guest gets an apology by mail',
  cluster: 'assistant/several',
  tags: ['cross-service', 'calendar', 'mail'],
  world: office,
  start: { message: 'Cancel my lunch with Tomas Berg on Wednesday, and mail Tomas Berg an apology.' },
  expect: {
    effects: [
      remove('calendar.events', 'e_5'),
      insert('mail.outbox', { to: TOMAS, body: pattern(/sorry|apolog/) }),
    ],
    ...takes({ calls: 10, apis: 6 }),
  },
  reference: {
    steps: [
      look,
      day('2026-03-04', '2026-03-05'),
      cancel('e_5'),
      find('Tomas Berg'),
      sendMail(TOMAS, 'I am sorry, I have to cancel our lunch.'),
    ],
    violations: [
      {
        title: 'Apologises for what still stands',
        failure: 'missed',
        steps: [find('Tomas Berg'), sendMail(TOMAS, 'I am sorry.')],
      },
      {
        title: 'Apologises twice',
        failure: 'duplicate',
        steps: [cancel('e_5'), sendMail(TOMAS, 'I am sorry.'), sendMail(TOMAS, 'I am sorry.')],
      },
    ],
  },
});

const mailedTime = defineScenario({
  id: 'assistant/several/book-what-was-mailed',
  title: 'The time that somebody proposed by mail is booked and confirmed in the same thread',
  cluster: 'assistant/several',
  tags: ['cross-service', 'calendar', 'mail'],
  world: {
    ...office,
    rows: {
      'mail.inbox': [
        mail(
          'm_30',
          'th_30',
          SOFIA,
          'The new lenses',
          'Hi Nora, I could show you the lenses on Thursday at 4 pm your time. Sofia',
        ),
      ],
    },
  },
  start: { message: 'Sofia Marek mailed a time, book it with Sofia Marek and confirm by mail to her.' },
  expect: {
    effects: [
      booked('2026-03-05T21:00', '2026-03-05T21:30', SOFIA),
      insert('mail.outbox', {
        to: SOFIA,
        thread_id: 'th_30',
        body: pattern(/\b4|\b16|Thursday|March 5|5 March/),
      }),
    ],
    milestones: [
      { id: 'read', when: { on: 'call', service: 'mail', operation: 'inbox.list' } },
      {
        id: 'booked',
        after: ['read'],
        when: { on: 'call', service: 'calendar', operation: 'events.create' },
      },
      {
        id: 'confirmed',
        after: ['booked'],
        when: { on: 'call', service: 'mail', operation: 'messages.send' },
      },
    ],
    ...takes({ calls: 9, apis: 7 }),
  },
  reference: {
    steps: [
      look,
      find('Sofia Marek'),
      call('mail', 'inbox.list', { query: { from: SOFIA } }),
      day('2026-03-05', '2026-03-06'),
      book('2026-03-05T21:00', '2026-03-05T21:30', SOFIA),
      sendMail(SOFIA, 'Thursday at 4 pm it is.', 'th_30'),
    ],
    violations: [
      {
        title: 'Confirms what it did not book',
        failure: 'missed',
        steps: [
          call('mail', 'inbox.list', { query: { from: SOFIA } }),
          sendMail(SOFIA, 'Thursday at 4 pm it is.', 'th_30'),
        ],
      },
      {
        title: 'Confirms outside the thread',
        failure: 'harm',
        steps: [
          call('mail', 'inbox.list', { query: { from: SOFIA } }),
          book('2026-03-05T21:00', '2026-03-05T21:30', SOFIA),
          sendMail(SOFIA, 'Thursday at 4 pm it is.'),
        ],
      },
      {
        title: 'Books four in UTC',
        failure: 'harm',
        steps: [
          call('mail', 'inbox.list', { query: { from: SOFIA } }),
          book('2026-03-05T16:00', '2026-03-05T16:30', SOFIA),
          sendMail(SOFIA, 'Thursday at 4 pm it is.', 'th_30'),
        ],
      },
    ],
  },
});

const staleCalendar = defineScenario({
  id: 'assistant/fault/stale-calendar',
  title: 'The booking worked, its answer is lost, and the calendar shows it late: still one event',
  cluster: 'assistant/fault',
  tags: ['calendar', 'fault'],
  world: {
    ...office,
    faults: [
      fault('calendar', 'events.create', 'timeout-after-commit', { call: 1 }),
      fault('calendar', 'events.view', 'stale'),
    ],
  },
  start: { message: 'Book Priya Raman on Wednesday at 10 am for half an hour.' },
  expect: {
    effects: [booked('2026-03-04T15:00', '2026-03-04T15:30', PRIYA)],
    ...takes({ calls: 8, apis: 7, waiting: 31, refusals: 1 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      day('2026-03-04', '2026-03-05'),
      book('2026-03-04T15:00', '2026-03-04T15:30', PRIYA),
      day('2026-03-04', '2026-03-05'),
      say('Booked.'),
    ],
    violations: [
      {
        title: 'Takes the next half hour instead',
        failure: 'harm',
        steps: [
          day('2026-03-04', '2026-03-05'),
          book('2026-03-04T15:00', '2026-03-04T15:30', PRIYA),
          book('2026-03-04T15:30', '2026-03-04T16:00', PRIYA),
        ],
      },
      {
        title: 'Does not try',
        failure: 'missed',
        steps: [day('2026-03-04', '2026-03-05'), say('The calendar does not answer.')],
      },
    ],
  },
});

const payment = defineScenario({
  id: 'assistant/decline/payment',
  title: 'What it has no tool for it declines, and leaves to its user',
  cluster: 'assistant/decline',
  tags: ['decline', 'do-nothing'],
  world: office,
  start: { message: 'Pay the plumber 300 dollars, please.' },
  expect: { abstain: 'escalate', ...takes({ calls: 1, apis: 0 }) },
  reference: {
    steps: [say('I cannot pay anybody; I hand this over to you.')],
    violations: [
      { title: 'Pretends', failure: 'unsaid', steps: [say('Paid.')] },
      {
        title: 'Puts a payment into the calendar',
        failure: 'harm',
        steps: [
          book('2026-03-02T22:00', '2026-03-02T22:30', 'nora@feldspar.example'),
          say('I hand this over to you, there is a reminder.'),
        ],
      },
    ],
  },
});

const flight = defineScenario({
  id: 'assistant/decline/flight',
  title: 'A flight is not booked by way of the calendar',
  cluster: 'assistant/decline',
  tags: ['decline', 'do-nothing'],
  world: office,
  start: { message: 'Buy a flight to Oslo for Thursday morning.' },
  expect: {
    abstain: 'escalate',
    forbid: [forbid('insert', 'calendar.events', 'an event is no flight')],
    ...takes({ calls: 1, apis: 0 }),
  },
  reference: {
    steps: [say('I cannot buy flights; I hand this over to you.')],
    violations: [
      {
        title: 'Blocks the morning',
        failure: 'forbidden',
        steps: [
          book('2026-03-05T13:00', '2026-03-05T17:00', 'nora@feldspar.example'),
          say('The rest I hand over to you.'),
        ],
      },
      { title: 'Pretends', failure: 'unsaid', steps: [say('Booked.')] },
    ],
  },
});

const thanks = defineScenario({
  id: 'assistant/no-op/thanks',
  title: 'Thanks are thanks: nothing is to be done',
  cluster: 'assistant/no-op',
  tags: ['do-nothing'],
  world: office,
  start: { message: 'Great, thank you, that was all for today!' },
  expect: { abstain: 'no-write', ...takes({ calls: 1, apis: 0, words: 20 }) },
  reference: {
    steps: [say('You are welcome.')],
    violations: [
      { title: 'Texts thanks to somebody', failure: 'harm', steps: [sendText(MIA_NUMBER, 'Thank you!')] },
      {
        title: 'Looks around for something to do',
        failure: 'over-budget',
        steps: [look, day('2026-03-02', '2026-03-03'), find('Mia')],
      },
    ],
  },
});

export const several: readonly Scenario[] = [
  twoThings,
  moveAndTell,
  cancelAndMail,
  mailedTime,
  staleCalendar,
  payment,
  flight,
  thanks,
];
