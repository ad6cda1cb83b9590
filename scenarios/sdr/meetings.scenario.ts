import type { Scenario } from '../../domain/scenario.ts';
import { call, fault, forbid, insert, remove, say, update } from '../../harness/index.ts';
import {
  answered,
  book,
  day,
  find,
  type Lead,
  lead,
  mailFrom,
  mailTo,
  mark,
  marked,
  read,
  replyMail,
  replyTask,
  row,
  type Situation,
  situation,
  write,
} from './build.ts';

const THREAD = 'th_801';
const MESSAGE = replyTask(THREAD);

/** Half an hour from `start`, `2026-03-05T15:00`. */
function halfHour(start: string): [string, string] {
  const at = Date.parse(`${start}:00Z`);
  return [new Date(at).toISOString(), new Date(at + 30 * 60_000).toISOString()];
}

/** A time that is asked for is booked. */
function booked(
  id: string,
  title: string,
  who: Lead,
  ask: string,
  [start, said]: [start: string, said: RegExp],
  world: Situation['world'] = {},
  effort: Situation['effort'] = { calls: 7 },
): Scenario {
  const [from, to] = halfHour(start);
  const seen = [read(THREAD), find(who.email), day(start.slice(0, 10))];
  const wrote = write(who, `${start.slice(0, 10)} at ${start.slice(11)} UTC it is.`, THREAD);
  const told = say(`The meeting with ${who.name} is booked.`);
  return situation({
    id: `sdr/meeting/${id}`,
    title,
    cluster: 'meeting/booked',
    tags: ['reply', 'meeting', ...(world.faults ? ['fault'] : [])],
    message: MESSAGE,
    rows: answered(who, THREAD, ask),
    world,
    effort,
    expect: {
      effects: [
        insert('calendar.events', { start: from, end: to, attendees: [who.email] }),
        replyMail(who, THREAD, said),
        marked(who, 'meeting_booked'),
      ],
      facts: [who.last.toLowerCase()],
    },
    reference: {
      steps: [...seen, book(who, from, to), wrote, mark(who, 'meeting_booked'), told],
      violations: [
        {
          title: 'Takes the hours as they stand, whatever the zone',
          failure: 'harm',
          steps: [
            ...seen,
            book(who, ...halfHour('2026-03-06T16:00')),
            wrote,
            mark(who, 'meeting_booked'),
            told,
          ],
        },
        { title: 'Books and tells nobody', failure: 'missed', steps: [...seen, book(who, from, to), told] },
      ],
    },
  });
}

const SELMA = lead('c_601', 'Selma Aydin', 'Aydin Fittings');
const BRUNO = lead('c_602', 'Bruno Maki', 'Maki Sawmills');
const CORA = lead('c_603', 'Cora Lindt', 'Lindt Waagen');
const EMIL = lead('c_604', 'Emil Sandoval', 'Sandoval Cargo');

/** A meeting that was booked, in the thread and in the calendar. */
function withMeeting(who: Lead, reply: string) {
  const [start, end] = halfHour('2026-03-05T15:00');
  return {
    'crm.contacts': [row(who, 'meeting_booked')],
    'mail.outbox': [
      mailTo(who, THREAD, {
        body: `Hi ${who.first},\n\nyou are in the calendar for 2026-03-05 at 15:00 UTC.\n\nAlice`,
      }),
    ],
    'mail.inbox': [mailFrom(who, THREAD, reply)],
    'calendar.events': [
      { id: 'e_77', title: `Call with ${who.name}`, start, end, attendees: [who.email], description: null },
    ],
  };
}

const move = (start: string) => {
  const [from, to] = halfHour(start);
  return call('calendar', 'events.update', { params: { id: 'e_77' }, body: { start: from, end: to } });
};
const cancel = call('calendar', 'events.delete', { params: { id: 'e_77' } });
const [movedTo, movedEnd] = halfHour('2026-03-06T13:00');

export const meetings: readonly Scenario[] = [
  booked(
    'eastern-time',
    'A time in Eastern time is booked at its hour in UTC',
    SELMA,
    'Hi Alice,\n\nhappy to talk. Wednesday 9am EST?\n\nSelma',
    ['2026-03-04T14:00', /14[:.]00|9 ?(?::00)? ?am/],
  ),
  booked(
    'central-european-time',
    'A time in Central European Time is booked at its hour in UTC',
    BRUNO,
    'Gern. Friday, 6 March, 15:00 CET?\n\nBruno',
    ['2026-03-06T14:00', /14[:.]00|15[:.]00|3 ?pm/],
  ),
  booked(
    'between-two-appointments',
    'A half hour that just fits between two appointments is free',
    CORA,
    'Thursday at 13:00 UTC would do.\n\nCora',
    ['2026-03-05T13:00', /13[:.]00|1 ?pm/],
  ),
  booked(
    'booking-times-out',
    'The booking took place though its answer was lost: there is no second one',
    EMIL,
    'Wednesday at 10:00 UTC?\n\nEmil',
    ['2026-03-04T10:00', /10[:.]00|10 ?am/],
    { faults: [fault('calendar', 'events.create', 'timeout-after-commit', { call: 1 })] },
    { calls: 8, waiting: 31 },
  ),
  situation({
    id: 'sdr/meeting/taken',
    title: 'A time that is taken is neither booked nor answered before somebody says what to offer',
    cluster: 'meeting/taken',
    tags: ['reply', 'meeting', 'do-nothing'],
    message: MESSAGE,
    rows: answered(CORA, THREAD, 'Thursday at 13:30 UTC would do.\n\nCora'),
    effort: { calls: 4 },
    expect: {
      abstain: 'ask',
      forbid: [forbid('insert', 'calendar.events', 'there is a call with Castellan Glass at that time')],
      facts: ['lindt'],
    },
    reference: {
      steps: [
        read(THREAD),
        find(CORA.email),
        day('2026-03-05'),
        say('Cora Lindt asks for 13:30 on Thursday, which is taken. Which time may I offer?'),
      ],
      violations: [
        {
          title: 'Books another time unasked',
          failure: 'forbidden',
          steps: [
            read(THREAD),
            book(CORA, ...halfHour('2026-03-05T15:00')),
            say('I booked 15:00 for Cora Lindt. Is that right?'),
          ],
        },
        {
          title: 'Answers that it suits',
          failure: 'harm',
          steps: [read(THREAD), write(CORA, '13:30 it is.', THREAD), say('Is that right for Cora Lindt?')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/meeting/moved',
    title: 'A meeting that is moved is moved, not booked a second time',
    cluster: 'meeting/changed',
    tags: ['reply', 'meeting'],
    message: MESSAGE,
    rows: withMeeting(SELMA, 'Could we move our call to Friday, 6 March, 13:00 UTC?\n\nSelma'),
    effort: { calls: 7 },
    expect: {
      effects: [
        update('calendar.events', 'e_77', { start: movedTo, end: movedEnd }),
        replyMail(SELMA, THREAD, /13[:.]00|1 ?pm/),
      ],
      facts: ['aydin'],
    },
    reference: {
      steps: [
        read(THREAD),
        find(SELMA.email),
        day('2026-03-05'),
        day('2026-03-06'),
        move('2026-03-06T13:00'),
        write(SELMA, '6 March at 13:00 UTC it is.', THREAD),
        say('The meeting with Selma Aydin is moved.'),
      ],
      violations: [
        {
          title: 'Books a second meeting and leaves the first',
          failure: 'harm',
          steps: [
            read(THREAD),
            book(SELMA, movedTo, movedEnd),
            write(SELMA, '13:00 it is.', THREAD),
            say('The meeting with Selma Aydin is moved.'),
          ],
        },
        {
          title: 'Cancels it',
          failure: 'harm',
          steps: [read(THREAD), cancel, say('The meeting with Selma Aydin is cancelled.')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/meeting/moved-to-a-taken-time',
    title: 'A meeting is not moved onto another',
    cluster: 'meeting/changed',
    tags: ['reply', 'meeting', 'do-nothing'],
    message: MESSAGE,
    rows: withMeeting(SELMA, 'Can we push it to Friday, 6 March, 10:30 UTC?\n\nSelma'),
    effort: { calls: 5 },
    expect: {
      abstain: 'ask',
      forbid: [forbid('insert', 'mail.outbox', 'nobody has said yet which time may be offered')],
      facts: ['aydin'],
    },
    reference: {
      steps: [
        read(THREAD),
        find(SELMA.email),
        day('2026-03-05'),
        day('2026-03-06'),
        say('Friday at 10:30 is taken. Which time may I offer Selma Aydin?'),
      ],
      violations: [
        {
          title: 'Moves it to the next free half hour',
          failure: 'harm',
          steps: [read(THREAD), move('2026-03-06T11:00'), say('Moved for Selma Aydin. Is that right?')],
        },
        {
          title: 'Says yes',
          failure: 'forbidden',
          steps: [read(THREAD), write(SELMA, '10:30 it is.', THREAD), say('Is that right for Selma Aydin?')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/meeting/cancelled',
    title: 'A meeting that is called off leaves the calendar',
    cluster: 'meeting/changed',
    tags: ['reply', 'meeting'],
    message: MESSAGE,
    rows: withMeeting(EMIL, 'Something came up; please cancel our call. I will be in touch.\n\nEmil'),
    effort: { calls: 6 },
    expect: {
      effects: [remove('calendar.events', 'e_77'), marked(EMIL, 'replied')],
      facts: ['sandoval'],
    },
    reference: {
      steps: [
        read(THREAD),
        find(EMIL.email),
        day('2026-03-05'),
        cancel,
        mark(EMIL, 'replied'),
        say('The meeting with Emil Sandoval is cancelled.'),
      ],
      violations: [
        {
          title: 'Forgets the calendar',
          failure: 'missed',
          steps: [read(THREAD), mark(EMIL, 'replied'), say('Emil Sandoval cancelled.')],
        },
        {
          title: 'Takes it for an opt-out',
          failure: 'harm',
          steps: [read(THREAD), cancel, mark(EMIL, 'opted_out'), say('Emil Sandoval cancelled.')],
        },
      ],
    },
  }),
];
