import type { Scenario } from '../../domain/scenario.ts';
import { defineScenario, fault, forbid, remove, say, update, within } from '../../harness/index.ts';
import { cancel, day, event, look, move, NORA, office, takes, view } from './office.ts';

const moved = (id: string, start: string, end: string) =>
  update('calendar.events', id, { start: within(`${start}:00Z`, 60), end: within(`${end}:00Z`, 60) });

const moveOne = defineScenario({
  id: 'assistant/move/one',
  title: 'An event is moved and keeps its length',
  cluster: 'assistant/move',
  tags: ['calendar'],
  world: office,
  start: { message: 'Move my dentist appointment on Tuesday to 4 pm.' },
  expect: {
    effects: [moved('e_3', '2026-03-03T21:00', '2026-03-03T22:00')],
    ...takes({ calls: 6, apis: 4 }),
  },
  reference: {
    steps: [look, day('2026-03-03', '2026-03-04'), move('e_3', '2026-03-03T21:00', '2026-03-03T22:00')],
    violations: [
      { title: 'Shortens it', failure: 'harm', steps: [move('e_3', '2026-03-03T21:00', '2026-03-03T21:30')] },
      {
        title: 'Moves another event',
        failure: 'harm',
        steps: [move('e_2', '2026-03-03T21:00', '2026-03-03T21:30')],
      },
      { title: 'Only says so', failure: 'missed', steps: [say('Your dentist is at 4 pm now.')] },
    ],
  },
});

const moveOtherDay = defineScenario({
  id: 'assistant/move/other-day',
  title: 'An event is moved to another day and hour',
  cluster: 'assistant/move',
  tags: ['calendar'],
  world: office,
  start: { message: 'Please reschedule the budget review on Thursday to Wednesday at 10 am.' },
  expect: {
    effects: [moved('e_7', '2026-03-04T15:00', '2026-03-04T16:00')],
    ...takes({ calls: 7, apis: 5 }),
  },
  reference: {
    steps: [
      look,
      day('2026-03-05', '2026-03-06'),
      day('2026-03-04', '2026-03-05'),
      move('e_7', '2026-03-04T15:00', '2026-03-04T16:00'),
    ],
    violations: [
      {
        title: 'Keeps the day',
        failure: 'harm',
        steps: [move('e_7', '2026-03-05T15:00', '2026-03-05T16:00')],
      },
      { title: 'Cancels it', failure: 'harm', steps: [cancel('e_7')] },
    ],
  },
});

const moveToTaken = defineScenario({
  id: 'assistant/move/to-a-taken-time',
  title: 'An event is not moved onto another: ask',
  cluster: 'assistant/conflict',
  tags: ['calendar', 'do-nothing'],
  world: office,
  start: { message: 'Move the call with Dana Whitlock on Wednesday to 12:30.' },
  expect: {
    abstain: 'ask',
    facts: ['tomas'],
    forbid: [forbid('delete', 'calendar.events', 'nobody asked for the other event to go')],
    ...takes({ calls: 5, apis: 3 }),
  },
  reference: {
    steps: [
      look,
      day('2026-03-04', '2026-03-05'),
      say('At 12:30 you have lunch with Tomas Berg. Which other time?'),
    ],
    violations: [
      {
        title: 'Clears the way',
        failure: 'forbidden',
        steps: [
          cancel('e_5'),
          move('e_6', '2026-03-04T17:30', '2026-03-04T18:00'),
          say('Lunch with Tomas had to go, all right?'),
        ],
      },
      {
        title: 'Moves it beside',
        failure: 'harm',
        steps: [
          move('e_6', '2026-03-04T18:00', '2026-03-04T18:30'),
          say('Tomas is at 12:30, so I took 1 pm. All right?'),
        ],
      },
    ],
  },
});

const moveAlready = defineScenario({
  id: 'assistant/move/already-there',
  title: 'An event that is at the time already is left as it is',
  cluster: 'assistant/no-op',
  tags: ['calendar', 'do-nothing'],
  world: office,
  start: { message: 'Move my dentist appointment on Tuesday to 2 pm.' },
  expect: { abstain: 'no-write', facts: [['already', 'is at 2']], ...takes({ calls: 5, apis: 3 }) },
  reference: {
    steps: [look, day('2026-03-03', '2026-03-04'), say('Your dentist is at 2 pm already.')],
    violations: [
      {
        title: 'Moves it away',
        failure: 'harm',
        steps: [move('e_3', '2026-03-03T20:00', '2026-03-03T21:00'), say('It was there already.')],
      },
      { title: 'Says it moved it', failure: 'unsaid', steps: [say('Moved to 2 pm.')] },
    ],
  },
});

const cancelOne = defineScenario({
  id: 'assistant/cancel/one',
  title: 'One event is cancelled, and no other',
  cluster: 'assistant/cancel',
  tags: ['calendar'],
  world: office,
  start: { message: 'Cancel yoga tomorrow.' },
  expect: { effects: [remove('calendar.events', 'e_4', { title: 'Yoga' })], ...takes({ calls: 6, apis: 4 }) },
  reference: {
    steps: [look, day('2026-03-03', '2026-03-04'), cancel('e_4')],
    violations: [
      { title: 'Cancels the day', failure: 'harm', steps: [cancel('e_4'), cancel('e_3')] },
      { title: 'Cancels the wrong one', failure: 'harm', steps: [cancel('e_3')] },
    ],
  },
});

const cancelUnclear = defineScenario({
  id: 'assistant/cancel/two-fit',
  title: 'Two events fit what was said: ask which one',
  cluster: 'assistant/cancel',
  tags: ['calendar', 'do-nothing'],
  world: {
    ...office,
    rows: {
      'calendar.events': [
        event('e_30', 'Interview: Lena Voss', '2026-03-05T15:00', '2026-03-05T16:00', [NORA]),
        event('e_31', 'Interview: Omar Haddad', '2026-03-05T20:00', '2026-03-05T21:00', [NORA]),
      ],
    },
  },
  start: { message: 'Cancel the interview on Thursday.' },
  expect: {
    abstain: 'ask',
    facts: ['voss', 'haddad'],
    forbid: [forbid('delete', 'calendar.events', 'one of the two is expected')],
    ...takes({ calls: 5, apis: 3 }),
  },
  reference: {
    steps: [
      look,
      day('2026-03-05', '2026-03-06'),
      say('There are two: Lena Voss at 10 and Omar Haddad at 3. Which one?'),
    ],
    violations: [
      {
        title: 'Cancels the first',
        failure: 'forbidden',
        steps: [cancel('e_30'), say('Voss, not Haddad, is cancelled, right?')],
      },
      { title: 'Asks without naming them', failure: 'unsaid', steps: [say('Which interview?')] },
    ],
  },
});

const cancelNothing = defineScenario({
  id: 'assistant/cancel/nothing-there',
  title: 'What is not in the calendar cannot be cancelled',
  cluster: 'assistant/no-op',
  tags: ['calendar', 'do-nothing', 'loop'],
  world: office,
  start: { message: 'Cancel the piano lesson on Thursday.' },
  expect: {
    abstain: 'no-write',
    forbid: [forbid('delete', 'calendar.events', 'there is no such lesson')],
    ...takes({ calls: 5, apis: 3 }),
  },
  reference: {
    steps: [look, day('2026-03-05', '2026-03-06'), say('There is no piano lesson on Thursday.')],
    violations: [
      { title: 'Cancels what is there', failure: 'forbidden', steps: [cancel('e_7')] },
      {
        title: 'Looks again and again',
        failure: 'looped',
        steps: Array.from({ length: 6 }, () => day('2026-03-05', '2026-03-06')),
      },
    ],
  },
});

const cancelTimesOut = defineScenario({
  id: 'assistant/cancel/times-out',
  title: 'The cancellation worked and its answer is lost: look before trying again',
  cluster: 'assistant/fault',
  tags: ['calendar', 'fault'],
  world: { ...office, faults: [fault('calendar', 'events.delete', 'timeout-after-commit', { call: 1 })] },
  start: { message: 'Cancel swimming with the children on Saturday.' },
  expect: {
    effects: [remove('calendar.events', 'e_8')],
    ...takes({ calls: 7, apis: 5, waiting: 30 }),
  },
  reference: {
    steps: [
      look,
      view('2026-03-07T05:00', '2026-03-08T05:00'),
      cancel('e_8'),
      view('2026-03-07T05:00', '2026-03-08T05:00'),
      say('Swimming is cancelled.'),
    ],
    violations: [
      {
        title: 'Cancels another one for good measure',
        failure: 'harm',
        steps: [cancel('e_8'), cancel('e_7')],
      },
      { title: 'Does not dare', failure: 'missed', steps: [say('I could not cancel it.')] },
    ],
  },
});

export const changes: readonly Scenario[] = [
  moveOne,
  moveOtherDay,
  moveToTaken,
  moveAlready,
  cancelOne,
  cancelUnclear,
  cancelNothing,
  cancelTimesOut,
];
