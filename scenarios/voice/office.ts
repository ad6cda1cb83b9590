import { anyText, call, type Fixture, insert, oneOf, within } from '../../harness/index.ts';
import { type Effort, takesAt } from '../manners.ts';
import { TO_THE_POINT } from '../to-the-point.ts';

/** Julian's Monday morning. People, companies and numbers are invented. */
export const office = {
  now: '2026-03-02T09:00:00Z',
  services: ['telephony', 'calendar'],
  fixtures: ['lumenport'],
};

export const PRIYA = 'priya@ferrostack.example';
export const NUMBER = '+12125550141';

export const lumenport: Fixture = {
  'calendar.events': [
    event('e_1', 'Pipeline review', '2026-03-03T13:00', '2026-03-03T14:00'),
    event('e_2', 'Call with Castellan Glass', '2026-03-05T15:00', '2026-03-05T16:00'),
  ],
};

function event(id: string, title: string, start: string, end: string) {
  return {
    id,
    title,
    start: `${start}:00.000Z`,
    end: `${end}:00.000Z`,
    attendees: ['julian@lumenport.example'],
    description: null,
  };
}

type Line = { on: string; say: string; pause?: number; barge?: number; hang_up?: boolean };

/** The same office, and what the person at the number says. Without lines nobody answers. */
export function withCallee(lines: readonly Line[] | null) {
  return {
    ...office,
    rows: {
      'telephony.callees': [
        { number: NUMBER, answers: lines !== null, lines: (lines ?? []).map((line) => ({ ...line })) },
      ],
    },
  };
}

export const task = `Call Priya Nair of Ferrostack at ${NUMBER} and book a first meeting; her address is ${PRIYA}.`;

export function booked(start: string, end: string) {
  return insert('calendar.events', {
    title: anyText(),
    start: within(`${start}:00Z`, 60),
    end: within(`${end}:00Z`, 60),
    attendees: oneOf([PRIYA], [PRIYA, 'julian@lumenport.example']),
  });
}

/** What is written down of a call is no harm. */
export const allow = ['telephony.calls', 'telephony.utterances'];
const ON_THE_PHONE = [
  { name: 'answers-within', version: 1, arguments: { seconds: 3.5 } },
  { name: 'calls-once', version: 1 },
  { name: 'short-turns', version: 1, arguments: { words: 40 } },
  { name: 'speaks-to-the-point', version: 1 },
];

/** What a task takes: checks of the conversation too, where there is one. */
export function takes(effort: Effort) {
  const { checks, budgets } = takesAt(1, 0.05)(effort);
  return { checks: [...ON_THE_PHONE, ...checks, TO_THE_POINT], budgets };
}

/** While somebody is on the line, each answer has to be quick; all of it takes as long as they speak. */
export const TALKING = 120;

export const dial = (To = NUMBER) => call('telephony', 'calls.create', { body: { To } });
export const listen = call('telephony', 'calls.listen', { params: { sid: 'CA_1' } });
export const speak = (text: string) =>
  call('telephony', 'calls.say', { params: { sid: 'CA_1' }, body: { text } });
export const hangUp = call('telephony', 'calls.hang-up', { params: { sid: 'CA_1' } });
export const book = (start: string, end: string) =>
  call('calendar', 'events.create', {
    body: { title: 'First meeting', start: `${start}:00Z`, end: `${end}:00Z`, attendees: [PRIYA] },
  });
