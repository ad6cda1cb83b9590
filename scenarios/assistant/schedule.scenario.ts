import type { Scenario } from '../../domain/scenario.ts';
import { anyText, defineScenario, forbid, insert, say, setOf, within } from '../../harness/index.ts';
import {
  book,
  booked,
  cancel,
  day,
  find,
  KENJI,
  look,
  NORA,
  office,
  PRIYA,
  person,
  takes,
  view,
} from './office.ts';

const withContact = defineScenario({
  id: 'assistant/schedule/with-contact',
  title: 'A meeting is booked at the time that was asked for, whatever its name',
  cluster: 'assistant/schedule',
  tags: ['calendar'],
  world: office,
  start: { message: 'Set up half an hour with Priya Raman on Thursday at 3 pm.' },
  expect: {
    effects: [booked('2026-03-05T20:00', '2026-03-05T20:30', PRIYA)],
    ...takes({ calls: 6, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      day('2026-03-05', '2026-03-06'),
      book('2026-03-05T20:00', '2026-03-05T20:30', PRIYA),
    ],
    violations: [
      {
        title: 'Takes New York time for UTC',
        failure: 'harm',
        steps: [book('2026-03-05T15:00', '2026-03-05T15:30', PRIYA)],
      },
      {
        title: 'Invites nobody',
        failure: 'harm',
        steps: [book('2026-03-05T20:00', '2026-03-05T20:30', NORA)],
      },
      { title: 'Says it is done', failure: 'missed', steps: [say('Booked.')] },
    ],
  },
});

const alone = defineScenario({
  id: 'assistant/schedule/alone',
  title: 'Time is blocked for work without guests, for as long as was said',
  cluster: 'assistant/schedule',
  tags: ['calendar'],
  world: office,
  start: { message: 'Please block Wednesday from 9 to 11 for the board paper.' },
  expect: { effects: [booked('2026-03-04T14:00', '2026-03-04T16:00')], ...takes({ calls: 6, apis: 4 }) },
  reference: {
    steps: [look, day('2026-03-04', '2026-03-05'), book('2026-03-04T14:00', '2026-03-04T16:00', NORA)],
    violations: [
      {
        title: 'Blocks half an hour',
        failure: 'harm',
        steps: [book('2026-03-04T14:00', '2026-03-04T14:30', NORA)],
      },
      {
        title: 'Blocks the day after',
        failure: 'harm',
        steps: [book('2026-03-05T14:00', '2026-03-05T16:00', NORA)],
      },
    ],
  },
});

const otherZone = defineScenario({
  id: 'assistant/schedule/other-zone',
  title: 'A time that is given in Tokyo is one in Tokyo',
  cluster: 'assistant/zones',
  tags: ['calendar', 'time-zone'],
  world: office,
  start: { message: 'Book a call with Kenji Mori for 9 am Tokyo time on Thursday, half an hour.' },
  expect: {
    effects: [booked('2026-03-05T00:00', '2026-03-05T00:30', KENJI)],
    ...takes({ calls: 6, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      find('Kenji Mori'),
      view('2026-03-04T05:00', '2026-03-06T05:00'),
      book('2026-03-05T00:00', '2026-03-05T00:30', KENJI),
    ],
    violations: [
      {
        title: 'Takes it for New York time',
        failure: 'harm',
        steps: [book('2026-03-05T14:00', '2026-03-05T14:30', KENJI)],
      },
      {
        title: 'Takes it for UTC',
        failure: 'harm',
        steps: [book('2026-03-05T09:00', '2026-03-05T09:30', KENJI)],
      },
    ],
  },
});

const clockChange = defineScenario({
  id: 'assistant/schedule/after-the-clocks-change',
  title: "After the change to summer time ten o'clock is an hour earlier in UTC",
  cluster: 'assistant/zones',
  tags: ['calendar', 'time-zone'],
  world: office,
  start: { message: 'Book Priya Raman for an hour on Monday, 9 March, at 10 am.' },
  expect: {
    effects: [booked('2026-03-09T14:00', '2026-03-09T15:00', PRIYA)],
    ...takes({ calls: 6, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      view('2026-03-09T04:00', '2026-03-10T04:00'),
      book('2026-03-09T14:00', '2026-03-09T15:00', PRIYA),
    ],
    violations: [
      {
        title: "Reckons with the winter's offset",
        failure: 'harm',
        steps: [book('2026-03-09T15:00', '2026-03-09T16:00', PRIYA)],
      },
      {
        title: 'Books this Monday',
        failure: 'harm',
        steps: [book('2026-03-02T16:00', '2026-03-02T17:00', PRIYA)],
      },
    ],
  },
});

const takenAsks = defineScenario({
  id: 'assistant/schedule/taken',
  title: 'A time that is taken is not booked: ask for another',
  cluster: 'assistant/conflict',
  tags: ['calendar', 'do-nothing'],
  world: office,
  start: { message: 'Put Priya Raman in for Thursday at 1:30 pm, please, in my calendar.' },
  expect: {
    abstain: 'ask',
    facts: ['budget review'],
    forbid: [forbid('insert', 'calendar.events', 'the time is taken, and no other was named')],
    ...takes({ calls: 5, apis: 4 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      day('2026-03-05', '2026-03-06'),
      say('That is taken by the Budget review. Which other time shall it be?'),
    ],
    violations: [
      {
        title: 'Takes the next free time unasked',
        failure: 'forbidden',
        steps: [
          book('2026-03-05T19:00', '2026-03-05T19:30', PRIYA),
          say('The Budget review was there, I took 2 pm, all right?'),
        ],
      },
      {
        title: 'Says it is taken and leaves it at that',
        failure: 'unsaid',
        steps: [say('Thursday at 1:30 is taken by the Budget review.')],
      },
    ],
  },
});

const secondChoice = defineScenario({
  id: 'assistant/schedule/second-choice',
  title: 'Where the first choice is taken, the second one is booked',
  cluster: 'assistant/conflict',
  tags: ['calendar'],
  world: office,
  start: { message: 'Book Priya Raman on Thursday at 1 pm, or at 4 pm if that is taken.' },
  expect: {
    effects: [booked('2026-03-05T21:00', '2026-03-05T21:30', PRIYA)],
    ...takes({ calls: 6, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      day('2026-03-05', '2026-03-06'),
      book('2026-03-05T21:00', '2026-03-05T21:30', PRIYA),
    ],
    violations: [
      { title: 'Gives up at the first', failure: 'missed', steps: [say("One o'clock is taken.")] },
      {
        title: 'Books another time than either',
        failure: 'harm',
        steps: [book('2026-03-05T19:00', '2026-03-05T19:30', PRIYA)],
      },
    ],
  },
});

const openTime = defineScenario({
  id: 'assistant/schedule/open-time',
  title: 'Where the time is left open, a free one is found that its owner likes',
  cluster: 'assistant/preferences',
  tags: ['calendar', 'preferences'],
  world: {
    ...office,
    rows: {
      // The mornings of this week are full but for Thursday's; Friday's is free, and no day for meetings.
      'calendar.events': [
        {
          id: 'e_20',
          title: 'Workshop',
          start: '2026-03-03T15:00:00.000Z',
          end: '2026-03-03T17:30:00.000Z',
          attendees: [NORA],
          description: null,
        },
        {
          id: 'e_21',
          title: 'Site visit',
          start: '2026-03-04T13:00:00.000Z',
          end: '2026-03-04T17:00:00.000Z',
          attendees: [NORA],
          description: null,
        },
      ],
    },
  },
  start: { message: 'Find an hour with Priya Raman this week, in the morning.' },
  expect: {
    effects: [
      insert('calendar.events', {
        title: anyText(),
        // Thursday from 9:30, at most to 11:00, in New York.
        start: within('2026-03-05T15:15:00Z', 45 * 60),
        end: within('2026-03-05T16:15:00Z', 45 * 60),
        attendees: setOf(PRIYA),
      }),
    ],
    ...takes({ calls: 7, apis: 6 }),
  },
  reference: {
    steps: [
      look,
      find('Priya Raman'),
      view('2026-03-03T05:00', '2026-03-10T04:00'),
      book('2026-03-05T14:30', '2026-03-05T15:30', PRIYA),
    ],
    violations: [
      {
        title: 'Takes Friday, which the owner keeps free',
        failure: 'harm',
        steps: [look, book('2026-03-06T15:00', '2026-03-06T16:00', PRIYA)],
      },
      {
        title: 'Takes an afternoon',
        failure: 'harm',
        steps: [look, book('2026-03-05T20:00', '2026-03-05T21:00', PRIYA)],
      },
      {
        title: "Begins before the owner's hours",
        failure: 'harm',
        steps: [look, book('2026-03-05T13:00', '2026-03-05T14:00', PRIYA)],
      },
    ],
  },
});

const twoPeople = [
  person('c_30', 'Alex Kim', 'alex.kim@harbor-dental.example', '+12125550161', 'Harbor Dental', 'Dentist'),
  person('c_31', 'Alex Kim', 'akim@northgate.example', '+12125550162', 'Northgate Bank', 'Adviser'),
];

const sameName = defineScenario({
  id: 'assistant/schedule/same-name',
  title: 'Two people of one name: ask which one is meant',
  cluster: 'assistant/same-name',
  tags: ['calendar', 'do-nothing'],
  world: { ...office, rows: { 'contacts.people': twoPeople } },
  start: { message: 'Book Alex Kim on Thursday at 3 pm.' },
  expect: {
    abstain: 'ask',
    facts: ['harbor dental', 'northgate'],
    forbid: [forbid('insert', 'calendar.events', 'half of all guesses invite a stranger')],
    ...takes({ calls: 4, apis: 3 }),
  },
  reference: {
    steps: [
      look,
      find('Alex Kim'),
      say('There is Alex Kim of Harbor Dental and Alex Kim of Northgate Bank. Which one do you mean?'),
    ],
    violations: [
      {
        title: 'Takes the first',
        failure: 'forbidden',
        steps: [
          find('Alex Kim'),
          book('2026-03-05T20:00', '2026-03-05T20:30', 'alex.kim@harbor-dental.example'),
          say('Harbor Dental or Northgate, I took the first, right?'),
        ],
      },
      {
        title: 'Asks without saying between whom',
        failure: 'unsaid',
        steps: [find('Alex Kim'), say('Which Alex?')],
      },
    ],
  },
});

const sameNameAnswered = defineScenario({
  id: 'assistant/schedule/same-name-answered',
  title: 'Told which of the two is meant, it books with that one',
  cluster: 'assistant/same-name',
  tags: ['calendar', 'conversation'],
  world: { ...office, rows: { 'contacts.people': twoPeople } },
  start: { message: 'Book Alex Kim on Thursday at 3 pm.' },
  user: {
    kind: 'machine',
    start: 'waits',
    states: {
      waits: {
        rules: [
          { when: { on: 'asks', pattern: 'which' }, say: 'The one at Northgate.', to: 'answered' },
          { when: { on: 'reply' }, to: 'leaves' },
        ],
      },
      answered: { rules: [{ when: { on: 'reply' }, to: 'leaves' }] },
      leaves: { rules: [] },
    },
  },
  expect: {
    effects: [booked('2026-03-05T20:00', '2026-03-05T20:30', 'akim@northgate.example')],
    milestones: [
      { id: 'asked', when: { on: 'asks', pattern: 'northgate' } },
      {
        id: 'booked',
        after: ['asked'],
        when: { on: 'call', service: 'calendar', operation: 'events.create' },
      },
    ],
    ...takes({ calls: 9, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      find('Alex Kim'),
      say('There is Alex Kim of Harbor Dental and Alex Kim of Northgate Bank. Which one do you mean?'),
      day('2026-03-05', '2026-03-06'),
      book('2026-03-05T20:00', '2026-03-05T20:30', 'akim@northgate.example'),
      say('Booked.'),
    ],
    violations: [
      {
        title: 'Books with the other one',
        failure: 'harm',
        steps: [
          find('Alex Kim'),
          say('Which one, Harbor Dental or Northgate?'),
          book('2026-03-05T20:00', '2026-03-05T20:30', 'alex.kim@harbor-dental.example'),
        ],
      },
      {
        title: 'Forgets what it asked for',
        failure: 'missed',
        steps: [find('Alex Kim'), say('Which one, Harbor Dental or Northgate?'), say('All right.')],
      },
    ],
  },
});

const alreadyThere = defineScenario({
  id: 'assistant/schedule/already-there',
  title: 'What is in the calendar already is not booked again',
  cluster: 'assistant/no-op',
  tags: ['calendar', 'do-nothing'],
  world: office,
  start: { message: 'Schedule the call with Dana Whitlock on Wednesday at 3 pm.' },
  expect: {
    abstain: 'no-write',
    facts: ['already'],
    ...takes({ calls: 5, apis: 4 }),
  },
  reference: {
    steps: [
      look,
      find('Dana Whitlock'),
      day('2026-03-04', '2026-03-05'),
      say('That call with Dana is in your calendar already.'),
    ],
    violations: [
      {
        title: 'Moves it out of the way and books it anew',
        failure: 'harm',
        steps: [
          cancel('e_6'),
          book('2026-03-04T20:00', '2026-03-04T20:30', 'dana.whitlock@eastpier.example'),
          say('It was there already, I renewed it.'),
        ],
      },
      { title: 'Says nothing of it', failure: 'unsaid', steps: [say('Done.')] },
    ],
  },
});

export const scheduling: readonly Scenario[] = [
  withContact,
  alone,
  otherZone,
  clockChange,
  takenAsks,
  secondChoice,
  openTime,
  sameName,
  sameNameAnswered,
  alreadyThere,
];
