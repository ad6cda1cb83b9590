import { anyText, call, type Fixture, insert, oneOf, within } from '../../harness/index.ts';
import { type Effort, takesAt } from '../manners.ts';
import { TO_THE_POINT } from '../to-the-point.ts';

/** Nora's world, a Monday at nine in New York. People, companies and numbers are invented. */
export const office = {
  now: '2026-03-02T14:00:00Z',
  services: ['calendar', 'contacts', 'sms', 'mail', 'websearch'],
  fixtures: ['nora'],
};

export const NORA = 'nora@feldspar.example';
export const PRIYA = 'priya@raman-arch.example';
export const KENJI = 'kenji.mori@kitano.example';
export const SOFIA = 'sofia@lesna.example';
export const TOMAS = 'tomas.berg@fjordwerk.example';
export const OWN_NUMBER = '+12125550100';
export const DANA_NUMBER = '+12125550142';
export const MIA_NUMBER = '+12125550143';
export const JONAS_NUMBER = '+12125550147';
export const MAYA_NUMBER = '+12125550148';

/** What is there in every scenario: the week's appointments, the address book, what came in, a few pages of the web. */
export const nora: Fixture = {
  'calendar.settings': [
    { id: 'owner', value: NORA },
    { id: 'timezone', value: 'America/New_York' },
    { id: 'workingHours', value: '09:30-17:00' },
    { id: 'noMeetingDays', value: 'Friday' },
  ],
  'calendar.events': [
    event('e_1', 'Weekly planning', '2026-03-02T15:00', '2026-03-02T16:00'),
    event('e_2', 'Stand-up', '2026-03-03T14:30', '2026-03-03T15:00'),
    event('e_3', 'Dentist', '2026-03-03T19:00', '2026-03-03T20:00'),
    event('e_4', 'Yoga', '2026-03-03T23:00', '2026-03-04T00:00'),
    event('e_5', 'Lunch with Tomas Berg', '2026-03-04T17:00', '2026-03-04T18:00', [TOMAS]),
    event('e_6', 'Call with Dana Whitlock', '2026-03-04T20:00', '2026-03-04T20:30', [
      'dana.whitlock@eastpier.example',
    ]),
    event('e_7', 'Budget review', '2026-03-05T18:00', '2026-03-05T19:00'),
    event('e_8', 'Swimming with the children', '2026-03-07T15:00', '2026-03-07T17:00'),
  ],
  'contacts.people': [
    person('c_1', 'Priya Raman', PRIYA, '+12125550141', 'Raman Architects', 'Partner'),
    person('c_2', 'Dana Whitlock', 'dana.whitlock@eastpier.example', DANA_NUMBER, 'East Pier', 'Buyer'),
    person('c_3', 'Mia Sorensen', 'mia@tern.example', MIA_NUMBER, 'Tern Studio', 'Architect'),
    person('c_4', 'Tomas Berg', TOMAS, '+12125550144', 'Fjordwerk', 'Head of Grid'),
    person('c_5', 'Kenji Mori', KENJI, '+81355550145', 'Kitano Instruments', 'Director'),
    person('c_6', 'Sofia Marek', SOFIA, '+12125550146', 'Lesna Lenses', 'Optician'),
    person('c_7', 'Jonas Falk', 'jonas.falk@falkbuch.example', JONAS_NUMBER, 'Falk Books', 'Owner'),
    person('c_8', 'Maya Chen', 'maya.chen@inkwell.example', MAYA_NUMBER, 'Inkwell', 'Editor'),
  ],
  'sms.numbers': [{ number: OWN_NUMBER }],
  'sms.messages': [
    text('SM_a', DANA_NUMBER, 'See you Wednesday.', '2026-03-01T19:10:00.000Z'),
    text('SM_b', JONAS_NUMBER, 'The books have arrived.', '2026-03-01T20:45:00.000Z'),
  ],
  'mail.accounts': [{ address: NORA }],
  'mail.inbox': [
    mail('m_1', 'th_1', 'jonas.falk@falkbuch.example', 'Your order', 'Hi Nora, your three books are here.'),
  ],
  'websearch.pages': [
    {
      url: 'https://rivertown.example/choir',
      title: 'Choir of Rivertown',
      description: 'Sings on Sundays. New voices are welcome.',
    },
  ],
};

export function event(id: string, title: string, start: string, end: string, attendees = [NORA]) {
  return { id, title, start: `${start}:00.000Z`, end: `${end}:00.000Z`, attendees, description: null };
}

export function person(
  id: string,
  name: string,
  email: string | null,
  phone: string | null,
  company: string | null = null,
  title: string | null = null,
  note: string | null = null,
) {
  return { id, name, email, phone, company, title, note };
}

/** A text that came in. */
export function text(sid: string, from: string, body: string, at: string) {
  return { sid, from, to: OWN_NUMBER, body, direction: 'inbound', status: 'received', date_sent: at };
}

/** A mail that came in. */
export function mail(id: string, thread: string, from: string, subject: string, body: string) {
  return { id, thread_id: thread, from, to: NORA, subject, body, sent_at: '2026-03-01T16:20:00.000Z' };
}

/** The event that has to be there, whatever its name. Times in UTC to the minute. */
export function booked(start: string, end: string, ...guests: string[]) {
  const attendees = guests.length > 0 ? [guests, [...guests, NORA], [NORA, ...guests]] : [[NORA]];
  return insert('calendar.events', {
    title: anyText(),
    start: within(`${start}:00Z`, 60),
    end: within(`${end}:00Z`, 60),
    attendees: oneOf(...attendees),
  });
}

export const look = call('calendar', 'settings.list');
export const view = (start: string, end: string) =>
  call('calendar', 'events.view', { query: { start: `${start}:00Z`, end: `${end}:00Z` } });
/** A day in New York, before the clocks change. */
export const day = (date: string, next: string) => view(`${date}T05:00`, `${next}T05:00`);
export const find = (query: string) => call('contacts', 'people.search', { query: { query } });
export const book = (start: string, end: string, ...attendees: string[]) =>
  call('calendar', 'events.create', {
    body: { title: 'Meeting', start: `${start}:00Z`, end: `${end}:00Z`, attendees },
  });
export const move = (id: string, start: string, end: string) =>
  call('calendar', 'events.update', { params: { id }, body: { start: `${start}:00Z`, end: `${end}:00Z` } });
export const cancel = (id: string) => call('calendar', 'events.delete', { params: { id } });
export const sendText = (To: string, Body: string) => call('sms', 'messages.send', { body: { To, Body } });
export const textsTo = (To: string) => call('sms', 'messages.list', { query: { To } });
export const textsFrom = (From: string) => call('sms', 'messages.list', { query: { From } });

/** Its user waits for it: a second for each call of the model. */
export function takes(effort: Effort) {
  const { checks, budgets } = takesAt(1, 0.05)(effort);
  return { checks: [...checks, TO_THE_POINT], budgets };
}
