import type { Person } from './find-contact.ts';
import { type Flow, look } from './flow.ts';
import type { Incoming } from './incoming.ts';
import { readMeetingTime } from './meeting-time.ts';
import { type CalendarEvent, eventsIn } from './observations.ts';
import { askBack, done, handOver, type Report } from './report.ts';
import type { Scene } from './scene.ts';
import { confirmation, moment, offer } from './wording.ts';
import { writeAll } from './write-once.ts';
import { bookMeeting, cancelMeeting, dayOf, isFree, MEETING_MS, marks, moveMeeting } from './writes.ts';

const DAY_MS = 86_400_000;
const FIRST_HOUR = 9;
const LAST_HOUR = 16;

/** Books the half hour that was asked for, confirms it and notes it. */
export function* meet(incoming: Incoming, person: Person, start: number, scene: Scene): Flow<Report> {
  const [contact] = person;
  const { name, email } = contact;
  if (email === null) return handOver(`The CRM has no address of ${name} to invite.`);
  const [day] = yield* look(dayOf(start));
  if (day.failure) return handOver(`I cannot see the calendar for ${name} (${day.failure.message}).`);
  if (!isFree(start, eventsIn(day))) return yield* taken(incoming, person, start, scene);
  const failed = yield* writeAll(
    [
      bookMeeting(contact, email, start),
      incoming.answer(() => confirmation(start, scene.random)),
      ...marks(person, 'meeting_booked'),
    ],
    scene,
  );
  return failed ?? done(`The meeting with ${name} is booked for ${moment(start)}.`);
}

/** Asks which time may be offered, and offers it once that is said. */
function* taken(incoming: Incoming, person: Person, start: number, scene: Scene): Flow<Report> {
  const [{ name }] = person;
  const instead = scene.mayOffer === null ? null : readMeetingTime(scene.mayOffer, scene.now ?? 0);
  if (instead === null) return askBack(`${moment(start)} is taken. Which time may I offer ${name}?`);
  const failed = yield* writeAll(
    [incoming.answer(() => offer([instead], scene.random)), ...marks(person, 'replied')],
    scene,
  );
  return failed ?? done(`I offered ${name} ${moment(instead)}.`);
}

/** Offers the first free half hour of each of the next two working days. */
export function* offerTimes(incoming: Incoming, person: Person, scene: Scene): Flow<Report> {
  const [{ name }] = person;
  const days = workingDaysAfter(scene.now ?? 0);
  const seen = yield* look(...days.map(dayOf));
  const down = seen.find(({ failure }) => failure);
  if (down) return handOver(`I cannot see the calendar for ${name} (${down.failure?.message}).`);
  const free = days.flatMap((day, place) => {
    const events = seen[place] ? eventsIn(seen[place]) : [];
    return firstFree(day, events) ?? [];
  });
  const failed = yield* writeAll(
    [incoming.answer(() => offer(free, scene.random)), ...marks(person, 'replied')],
    scene,
  );
  return failed ?? done(`I offered ${name} ${free.map(moment).join(' and ')}; the status is replied.`);
}

function workingDaysAfter(now: number): number[] {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  return [1, 2, 3, 4, 5]
    .map((days) => midnight + days * DAY_MS)
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .slice(0, 2);
}

function firstFree(day: number, events: readonly CalendarEvent[]): number | null {
  for (let start = day + FIRST_HOUR * 3_600_000; start < day + LAST_HOUR * 3_600_000; start += MEETING_MS)
    if (isFree(start, events)) return start;
  return null;
}

/** Moves the meeting that there is with the person. */
export function* moveBooked(incoming: Incoming, person: Person, start: number, scene: Scene): Flow<Report> {
  const [{ name }] = person;
  const event = yield* bookedWith(incoming, person, scene);
  if (event === null) return handOver(`I find no meeting with ${name} that could be moved.`);
  const [day] = yield* look(dayOf(start));
  if (day.failure) return handOver(`I cannot see the calendar for ${name} (${day.failure.message}).`);
  const others = eventsIn(day).filter(({ id }) => id !== event.id);
  if (!isFree(start, others)) return askBack(`${moment(start)} is taken. Which time may I offer ${name}?`);
  const failed = yield* writeAll(
    [moveMeeting(event.id ?? '', name, start), incoming.answer(() => confirmation(start, scene.random))],
    scene,
  );
  return failed ?? done(`The meeting with ${name} is moved to ${moment(start)}.`);
}

export function* cancelBooked(incoming: Incoming, person: Person, scene: Scene): Flow<Report> {
  const [{ name }] = person;
  const event = yield* bookedWith(incoming, person, scene);
  if (event === null) return handOver(`I find no meeting with ${name} that could be cancelled.`);
  const failed = yield* writeAll(
    [cancelMeeting(event.id ?? '', name, Date.parse(event.start)), ...marks(person, 'replied')],
    scene,
  );
  return failed ?? done(`The meeting with ${name} is cancelled; the status is replied.`);
}

/** The event with the person on the day that our last message named. */
function* bookedWith({ ours }: Incoming, [{ email }]: Person, { now }: Scene): Flow<CalendarEvent | null> {
  const [agreed] = ours.flatMap((body) => readMeetingTime(body, now ?? 0) ?? []);
  if (agreed === undefined) return null;
  const [day] = yield* look(dayOf(agreed));
  return eventsIn(day).find(({ id, attendees }) => id && attendees.includes(email ?? '')) ?? null;
}
