import {
  clockIn,
  DAY_MS,
  type Day,
  dayIn,
  describeTime,
  isoOf,
  readTimes,
  type Times,
  timeIn,
} from './local-time.ts';
import { type CalendarEvent, clockTimeIn, eventsIn, type Preferences, preferencesIn } from './rows.ts';
import { andThen, end, have, read, type Scene, type Step, type ToolUse } from './scene.ts';

const LOOK_AHEAD_DAYS = 14;

/** Now, and whose calendar it is. */
export type Desk = { now: number; today: Day; preferences: Preferences };

/** Reads time and preferences, with what else is to be read at once. */
export function openDesk(scene: Scene, ...beside: ToolUse[]): Step<Desk> {
  const uses = [
    { tool: 'current_time', arguments: {} },
    { tool: 'get_preferences', arguments: {} },
  ];
  return andThen(read(scene, ...uses, ...beside), ([clock, settings]) => {
    const now = clock ? clockTimeIn(clock) : null;
    if (now === null || !settings) return end('I hand this over to you: I cannot tell the time.');
    const preferences = preferencesIn(settings);
    return have({ now, today: dayIn(preferences.zone, now), preferences });
  });
}

/** What the words say of time; what was said later counts. */
export function timesMeant(words: string, { today }: Desk): Times {
  const [first = '', ...later] = words.split('\n').map((line) => readTimes(line, today));
  const start = first === '' ? readTimes('', today) : first;
  return later.reduce(
    (known, next) => ({
      day: next.day ?? known.day,
      clocks: next.clocks.length > 0 ? next.clocks : known.clocks,
      zone: next.zone ?? known.zone,
      length: next.length ?? known.length,
    }),
    start,
  );
}

export function viewOf(start: number, finish: number): ToolUse {
  return { tool: 'view_calendar', arguments: { start: isoOf(start), end: isoOf(finish) } };
}

/** A day of the owner. */
export function viewOfDay(day: Day, { preferences: { zone } }: Desk): ToolUse {
  return viewOf(timeIn(zone, day, 0), timeIn(zone, (day + DAY_MS) as Day, 0));
}

/** The day in the owner's zone on which this is. */
export function viewAround(time: number, desk: Desk): ToolUse {
  return viewOfDay(dayIn(desk.preferences.zone, time), desk);
}

export function eventsOf(use: ToolUse, scene: Scene): Step<CalendarEvent[]> {
  return andThen(read(scene, use), ([view]) => have(view ? eventsIn(view) : []));
}

export function overlapping(
  events: readonly CalendarEvent[],
  start: number,
  finish: number,
  but?: string,
): CalendarEvent | undefined {
  return events.find((event) => event.id !== but && event.start < finish && start < event.end);
}

const GENERIC = new Set(
  'meeting appointment event call my the a an with on at to of for next session'.split(' '),
);
const TIME_WORDS =
  /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|this|morning|afternoon|evening|week|cancel|call off|move|reschedule|push|shift|please|from|o'clock|am|pm|\d+(?::\d+)?)\b/gi;

/** The one event that the words describe. Asks where several fit, ends where none does. */
export function findEvent(words: string, desk: Desk, scene: Scene): Step<CalendarEvent> {
  const { day, clocks } = readTimes(words, desk.today);
  const { zone } = desk.preferences;
  const use = day === null ? viewOf(desk.now, desk.now + LOOK_AHEAD_DAYS * DAY_MS) : viewOfDay(day, desk);
  const described = words.replace(TIME_WORDS, ' ').match(/[\p{L}\d]+/gu) ?? [];
  const telling = described
    .map((word) => word.toLowerCase())
    .filter((word) => !GENERIC.has(word) && word.length > 1);
  return andThen(eventsOf(use, scene), (events) => {
    const alike = events.filter(({ title, start }) => {
      const own = title.toLowerCase();
      const named =
        telling.length === 0
          ? described.some((word) => own.includes(word.toLowerCase()))
          : telling.some((word) => own.includes(word));
      return named && (clocks.length === 0 || clocks.some(({ from }) => from === clockIn(zone, start)));
    });
    const [event, ...others] = alike;
    if (!event && scene.seen.some(({ tool, failure }) => tool === 'cancel_event' && failure))
      return end('It is cancelled: your calendar answered late, and does not have it any more.');
    if (!event) return end('I found no such event to move or cancel in your calendar, so I changed nothing.');
    if (others.length > 0) {
      const choice = alike
        .map(({ title, start }) => `"${title}" (${describeTime(zone, start)})`)
        .join(' or ');
      return end(`Several events fit: ${choice}. Which one do you mean?`);
    }
    return have(event);
  });
}
