import { type Desk, eventsOf, openDesk, overlapping, timesMeant, viewAround, viewOf } from './calendar.ts';
import { DAY_MS, type Day, describeTime, isoOf, MINUTE_MS, timeIn, type When } from './local-time.ts';
import { personMeant } from './names.ts';
import { findPeople, search } from './people.ts';
import { perform } from './perform.ts';
import { type CalendarEvent, eventsIn, mailsIn, type Person } from './rows.ts';
import { andThen, end, have, oneOf, read, type Scene, type Step } from './scene.ts';

const USUAL_MINUTES = 30;

/** What a want has come to, for the wants after it and for the report. */
export type Outcome = {
  text: string;
  person?: Person | undefined;
  when?: string;
  threadId?: string;
  subject?: string;
};

/** Books an event: find the guests, see that the time is free, book once. */
export function schedule(words: string, scene: Scene): Step<Outcome> {
  const { names } = personMeant(words);
  return andThen(openDesk(scene, ...names.map(search)), (desk) =>
    andThen(findPeople(words, scene), (guests) => {
      const [guest] = guests;
      const missing = guests.find(({ email }) => email === null);
      if (missing)
        return end(`I have no e-mail address of ${missing.name} to invite. Which one shall I use?`);
      return andThen(whenFor(words, guest, desk, scene), ({ times, threadId, subject }) =>
        andThen(book(words, guests, times, desk, scene), (outcome) =>
          have({ ...outcome, person: guest, ...(threadId ? { threadId, subject: subject ?? '' } : {}) }),
        ),
      );
    }),
  );
}

type Choice = { times: When[]; threadId?: string; subject?: string };

/** The times that may be meant, the first choice first. */
function whenFor(words: string, guest: Person | undefined, desk: Desk, scene: Scene): Step<Choice> {
  const named = timesFrom(words, desk);
  if (named.length > 0) return have({ times: named });
  if (guest?.email && /\b(?:mailed|wrote|proposed|suggested|mail)\b/i.test(words)) {
    return andThen(read(scene, { tool: 'search_mail', arguments: { from: guest.email } }), ([inbox]) => {
      const [mail] = inbox ? mailsIn(inbox) : [];
      const times = mail ? timesFrom(mail.body.replaceAll('\n', ' '), desk) : [];
      if (!mail || times.length === 0)
        return end(`I found no time in the mail of ${guest.name}. Which time shall I book?`);
      return have({ times, threadId: mail.thread_id, subject: mail.subject });
    });
  }
  if (/\b(?:find|this week|next week|some time|sometime)\b/i.test(words))
    return andThen(findSlot(words, desk, scene), (time) => have({ times: [time] }));
  return end('At what time shall it be?');
}

function timesFrom(words: string, desk: Desk): When[] {
  const { day, clocks, zone, length } = timesMeant(words, desk);
  if (day === null) return [];
  return clocks.map(({ from, to }) => {
    const start = timeIn(zone ?? desk.preferences.zone, day, from);
    const minutes = to === null ? (length ?? USUAL_MINUTES) : to - from;
    return { start, end: start + minutes * MINUTE_MS };
  });
}

/** The first free time of the next days that its owner likes. */
function findSlot(words: string, desk: Desk, scene: Scene): Step<When> {
  const { zone, hours, quietDays } = desk.preferences;
  const minutes = timesMeant(words, desk).length ?? USUAL_MINUTES;
  const [opens, closes] = hours.map(minutesOf);
  const from = /\bafternoon\b/i.test(words) ? 12 * 60 : (opens ?? 9 * 60);
  const to = /\bmorning\b/i.test(words) ? 12 * 60 : (closes ?? 17 * 60);
  const days = Array.from({ length: 7 }, (_, index) => (desk.today + (index + 1) * DAY_MS) as Day).filter(
    (day) => !quietDays.includes(weekdayOf(day)) && !['Saturday', 'Sunday'].includes(weekdayOf(day)),
  );
  const window = viewOf(
    timeIn(zone, (desk.today + DAY_MS) as Day, 0),
    timeIn(zone, (desk.today + 8 * DAY_MS) as Day, 0),
  );
  return andThen(eventsOf(window, scene), (events) => {
    for (const day of days) {
      for (
        let clock = Math.max(from, opens ?? 0);
        clock + minutes <= Math.min(to, closes ?? 24 * 60);
        clock += 30
      ) {
        const start = timeIn(zone, day, clock);
        const finish = start + minutes * MINUTE_MS;
        if (!overlapping(events, start, finish)) return have({ start, end: finish });
      }
    }
    return end('I found no free time this week that you would like. Which time shall I take?');
  });
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function weekdayOf(day: Day): string {
  return new Date(day).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });
}

function book(
  words: string,
  guests: readonly Person[],
  times: readonly When[],
  desk: Desk,
  scene: Scene,
): Step<Outcome> {
  const { zone, owner } = desk.preferences;
  const title = titleOf(words, guests);
  const [first] = times;
  if (!first) return end('At what time shall it be?');
  if (first.start < desk.now)
    return end(`${describeTime(zone, first.start)} is past. Which time shall it be?`);
  const attendees = guests.length > 0 ? guests.flatMap(({ email }) => email ?? []) : [owner];
  const isOurs = (event: CalendarEvent, start: number) =>
    event.start === start && (event.title === title || fitsGuest(event, guests, title));
  return andThen(eventsOf(viewAround(first.start, desk), scene), (events) => {
    const attempted = scene.seen.some(({ tool }) => tool === 'create_event');
    const there = events.find((event) => isOurs(event, first.start));
    if (there && !attempted)
      return have({
        text: `"${there.title}" is in your calendar already, ${describeTime(zone, there.start)}; I left it.`,
      });
    const free = times.find(
      ({ start, end: finish }) => attempted || !overlapping(events, start, finish ?? start),
    );
    if (!free)
      return end(
        taken(
          overlapping(events, first.start, first.end ?? first.start)?.title ?? 'something else',
          first,
          zone,
        ),
      );
    const start = attemptedStart(scene) ?? free.start;
    const time = times.find((each) => each.start === start) ?? free;
    const finish = time.end ?? start;
    const when = describeTime(zone, start);
    const write = {
      tool: 'create_event',
      arguments: { title, start: isoOf(start), end: isoOf(finish), attendees },
      isThis: () => true,
      check: viewAround(start, desk),
      holds: (view: Parameters<typeof eventsIn>[0]) => eventsIn(view).some((event) => isOurs(event, start)),
    };
    return andThen(perform(write, scene), (done) => {
      if (done.kind === 'refused') {
        // Its own first attempt stands in its way.
        if (done.status === 409 && attempts(scene) > 1 && done.message.includes(`"${title}"`))
          return have({ text: `Booked: ${title}, ${when}.`, when });
        if (done.status === 409)
          return end(`${when} is taken: ${done.message}. Which other time shall it be?`);
        return end(`I hand this over to you: I may not book it (${done.message}).`);
      }
      return have({
        text: `${oneOf(scene.random, 'Booked', 'Done, booked', 'It is in your calendar')}: ${title}, ${when}.`,
        when,
      });
    });
  });
}

function attempts({ seen }: Scene): number {
  return seen.filter(({ tool }) => tool === 'create_event').length;
}

function attemptedStart({ seen }: Scene): number | null {
  const start = seen.findLast(({ tool }) => tool === 'create_event')?.arguments.start;
  return typeof start === 'string' ? Date.parse(start) : null;
}

function taken(title: string, { start }: When, zone: string): string {
  return `${describeTime(zone, start)} is taken by "${title}", so I booked nothing. Which other time shall it be?`;
}

function fitsGuest({ title, attendees }: CalendarEvent, guests: readonly Person[], wanted: string): boolean {
  if (guests.length === 0) return title.toLowerCase().includes(wanted.toLowerCase());
  return guests.every(
    ({ name, email }) => (email !== null && attendees.includes(email)) || title.includes(name),
  );
}

function titleOf(words: string, guests: readonly Person[]): string {
  if (guests.length > 0) return `Meeting with ${guests.map(({ name }) => name).join(' and ')}`;
  const [line = ''] = words.split('\n');
  const purpose =
    /\bfor (?!\d|half|an? hour|two)([\p{L} ]+?)(?:\s+(?:on|at|from|tomorrow|today)\b|[.,]|$)/iu.exec(
      line,
    )?.[1];
  const thing =
    /\b(?:book|schedule|put|pencil|block|arrange) (?:an? |my |the )?([\p{L} ]+?)(?:\s+(?:on|at|from|in|into|for|tomorrow|today)\b|[.,]|$)/iu.exec(
      line,
    )?.[1];
  const title = (purpose ?? thing ?? 'Blocked').trim();
  return title.charAt(0).toUpperCase() + title.slice(1);
}
