import type { Scenario } from '../../domain/scenario.ts';
import { anyText, defineScenario, forbid, insert, say, setOf, within } from '../../harness/index.ts';
import { book, booked, day, find, look, NORA, office, PRIYA, takes, view } from './office.ts';

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

/** Times that are taken, or still to be found. */
export const freeTimes: readonly Scenario[] = [takenAsks, secondChoice, openTime];
