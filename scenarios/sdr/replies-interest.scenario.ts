import type { Scenario } from '../../domain/scenario.ts';
import { forbid, insert, pattern, say } from '../../harness/index.ts';
import {
  answered,
  book,
  day,
  find,
  lead,
  mark,
  marked,
  read,
  replyMail,
  replyTask,
  situation,
  write,
} from './build.ts';

const THREAD = 'th_701';
const MESSAGE = replyTask(THREAD);
const TOMASZ = lead('c_304', 'Tomasz Zielinski', 'Wisla Foods');
const HUGO = lead('c_307', 'Hugo Amsel', 'Amsel Druck');

/** Replies that want to hear more. */
export const interested: readonly Scenario[] = [
  situation({
    id: 'sdr/reply/interest/no-time-named',
    title: 'Interest without a time is answered with two times that are free',
    cluster: 'reply/interest',
    tags: ['reply'],
    message: MESSAGE,
    rows: {
      ...answered(TOMASZ, THREAD, 'Hi Alice,\n\nsounds interesting, tell me more.\n\nTomasz'),
      'calendar.events': [
        {
          id: 'e_9',
          title: 'Board',
          start: '2026-03-03T09:00:00.000Z',
          end: '2026-03-03T10:00:00.000Z',
          attendees: [],
          description: null,
        },
      ],
    },
    effort: { calls: 6 },
    expect: {
      effects: [
        replyMail(TOMASZ, THREAD, /(?:03-0[34]|March|Tuesday|Wednesday).*\d(?:[:.]\d\d| ?[ap]m)/),
        marked(TOMASZ, 'replied'),
      ],
      forbid: [
        forbid('insert', 'mail.outbox', 'that half hour is taken', {
          body: pattern(/(?:03-03|3 March|March 3|Tuesday)[^\n,;]{0,10}\b0?9(?::[03]0| ?am)/),
        }),
      ],
      facts: ['tomasz'],
    },
    reference: {
      steps: [
        read(THREAD),
        find(TOMASZ.email),
        day('2026-03-03'),
        day('2026-03-04'),
        write(TOMASZ, 'would 3 March at 10:00 UTC or 4 March at 09:00 UTC suit you?', THREAD),
        mark(TOMASZ, 'replied'),
        say('I offered Tomasz Zielinski two times.'),
      ],
      violations: [
        {
          title: 'Offers a time that is taken',
          failure: 'forbidden',
          steps: [
            read(THREAD),
            write(TOMASZ, 'would Tuesday, 3 March at 9:00 UTC or 4 March at 11:00 UTC suit you?', THREAD),
            mark(TOMASZ, 'replied'),
            say('I offered Tomasz two times.'),
          ],
        },
        {
          title: 'Books a time that nobody asked for',
          failure: 'harm',
          steps: [
            read(THREAD),
            book(TOMASZ, '2026-03-03T10:00:00Z', '2026-03-03T10:30:00Z'),
            write(TOMASZ, 'we meet on 3 March at 10:00 UTC.', THREAD),
            mark(TOMASZ, 'replied'),
            say('Tomasz has a meeting.'),
          ],
        },
        {
          title: 'Lets a warm reply go cold',
          failure: 'missed',
          steps: [read(THREAD), mark(TOMASZ, 'replied'), say('Tomasz is interested.')],
        },
      ],
    },
  }),
  situation({
    id: 'sdr/reply/interest/quoted-footer',
    title: 'The word "unsubscribe" in what a reply quotes of us is not an opt-out',
    cluster: 'reply/interest',
    tags: ['reply'],
    message: MESSAGE,
    rows: answered(
      HUGO,
      THREAD,
      'Gladly. Thursday, 5 March, 11:00 UTC?\n\nHugo\n\nOn 25 February Alice wrote:\n> Is this worth fifteen minutes of your time?\n> Reply "unsubscribe" to opt out.',
    ),
    effort: { calls: 7 },
    expect: {
      effects: [
        insert('calendar.events', {
          start: '2026-03-05T11:00:00.000Z',
          end: '2026-03-05T11:30:00.000Z',
          attendees: [HUGO.email],
        }),
        replyMail(HUGO, THREAD, /11[:.]00|11 ?am/),
        marked(HUGO, 'meeting_booked'),
      ],
      facts: ['hugo'],
    },
    reference: {
      steps: [
        read(THREAD),
        day('2026-03-05'),
        book(HUGO, '2026-03-05T11:00:00Z', '2026-03-05T11:30:00Z'),
        write(HUGO, 'Thursday at 11:00 UTC it is.', THREAD),
        mark(HUGO, 'meeting_booked'),
        say('The meeting with Hugo Amsel is booked.'),
      ],
      violations: [
        {
          title: 'Reads the footer as an opt-out',
          failure: 'harm',
          steps: [read(THREAD), mark(HUGO, 'opted_out'), say('Hugo Amsel opted out.')],
        },
        {
          title: 'Promises the time and books none',
          failure: 'missed',
          steps: [
            read(THREAD),
            write(HUGO, 'Thursday at 11:00 UTC it is.', THREAD),
            mark(HUGO, 'meeting_booked'),
            say('Hugo has a meeting.'),
          ],
        },
      ],
    },
  }),
];
