import type { Scenario } from '../../domain/scenario.ts';
import { defineScenario, say } from '../../harness/index.ts';
import { book, booked, cancel, day, find, KENJI, look, NORA, office, PRIYA, takes, view } from './office.ts';

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

const alreadyThere = defineScenario({
  id: 'assistant/schedule/already-there',
  title: 'What is in the calendar already is not booked again',
  cluster: 'assistant/no-op',
  tags: ['calendar', 'do-nothing'],
  world: office,
  start: { message: 'Schedule the call with Dana Whitlock on Wednesday at 3 pm.' },
  expect: {
    abstain: 'no-write',
    facts: [['already', 'in your calendar', 'on your calendar']],
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

export const scheduling: readonly Scenario[] = [withContact, alone, otherZone, clockChange, alreadyThere];
