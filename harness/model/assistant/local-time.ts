const DAY_MS = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const MONTH = MONTHS.join('|');

/** A day of some calendar, as midnight UTC of its date in epoch milliseconds. */
export type Day = number & { readonly is: 'day' };
/** Minutes since midnight. */
type Clock = number;

/** A point of time or a stretch, in epoch milliseconds; `end` where one was named. */
export type When = { start: number; end: number | null };

/** What a text says of time. */
export type Times = {
  day: Day | null;
  /** In order: a range counts as one. */
  clocks: { from: Clock; to: Clock | null }[];
  /** An IANA zone that was named, else `null`. */
  zone: string | null;
  /** Minutes, where a length was named. */
  length: number | null;
};

const HOUR = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?`;
const RANGE = new RegExp(String.raw`\b(?:from\s+)?${HOUR}\s*(?:to|until|till|-|–)\s*${HOUR}\b`, 'i');
const CLOCK = new RegExp(
  String.raw`\b(?:(?:at|to|for|it|by|is)\s+)${HOUR}(?!\s*(?:march|april|may|june|minutes|hours|[-\d]))\b|\b(\d{1,2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)|\b(\d{1,2}):(\d{2})\b`,
  'gi',
);
const LENGTHS: readonly [RegExp, (match: RegExpExecArray) => number][] = [
  [/\bhalf an hour\b/i, () => 30],
  [/\b(\d+)[ -]minutes?\b/i, ([, minutes]) => Number(minutes)],
  [/\ban hour\b|\bone hour\b|\b1 hour\b/i, () => 60],
  [/\btwo hours\b|\b2 hours\b/i, () => 120],
];

/**
 * Reads days, times of day, zones and lengths from words. A weekday is the next one after today; an hour without am or
 * pm is one of the working day.
 *
 * @param today the day it is where the speaker is
 */
export function readTimes(text: string, today: Day): Times {
  const lengths = LENGTHS.flatMap(([pattern, minutes]) => {
    const match = pattern.exec(text);
    return match ? [minutes(match)] : [];
  });
  return {
    day: readDay(text, today),
    clocks: readClocks(text),
    zone: readZone(text),
    length: lengths[0] ?? null,
  };
}

function readClocks(text: string): Times['clocks'] {
  const range = RANGE.exec(text);
  if (range) {
    const [, fromHour, fromMinutes, fromHalf, toHour, toMinutes, toHalf] = range;
    const to = clockOf(toHour, toMinutes, toHalf);
    const from = clockOf(
      fromHour,
      fromMinutes,
      fromHalf ?? (Number(fromHour) < Number(toHour) ? toHalf : undefined),
    );
    if (from !== null && to !== null && from < to) return [{ from, to }];
  }
  const clocks = [...text.replace(/\bnoon\b/gi, '12:00').matchAll(CLOCK)].map((match) => {
    const [, h1, m1, half1, h2, m2, half2, h3, m3] = match;
    return clockOf(h1 ?? h2 ?? h3, m1 ?? m2 ?? m3, half1 ?? half2);
  });
  return clocks.flatMap((from) => (from === null ? [] : [{ from, to: null }]));
}

function clockOf(hourText = '', minutes = '0', half?: string): Clock | null {
  let hour = Number(hourText);
  if (half) hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  else if (hour >= 1 && hour <= 7 && hourText.length === 1) hour += 12;
  const clock = hour * 60 + Number(minutes);
  return clock < 24 * 60 ? clock : null;
}

/** The first day that is named. */
export function readDay(words: string, today: Day): Day | null {
  const text = words.toLowerCase();
  const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text);
  if (iso) return Date.parse(`${iso[0]}T00:00:00Z`) as Day;
  const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH})\\b`).exec(text);
  const monthFirst = new RegExp(`\\b(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?\\b`).exec(text);
  if (dayFirst) return dateNear(Number(dayFirst[1]), dayFirst[2], today);
  if (monthFirst) return dateNear(Number(monthFirst[2]), monthFirst[1], today);
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/.test(text)) return today;
  if (/\btomorrow\b/.test(text)) return (today + DAY_MS) as Day;
  const weekday = new RegExp(`\\b(${WEEKDAYS.join('|')})\\b`).exec(text)?.[1];
  if (!weekday) return null;
  const ahead = (WEEKDAYS.indexOf(weekday) - new Date(today).getUTCDay() + 7) % 7;
  return (today + (ahead || 7) * DAY_MS) as Day;
}

function dateNear(day: number, month: string | undefined, today: Day): Day {
  const year = new Date(today).getUTCFullYear();
  const date = Date.UTC(year, MONTHS.indexOf(month ?? ''), day);
  return (date < today ? Date.UTC(year + 1, MONTHS.indexOf(month ?? ''), day) : date) as Day;
}

/** `Tokyo time`, `in London`: the zone whose city that is. */
function readZone(text: string): string | null {
  if (/\b(?:UTC|GMT)\b/.test(text)) return 'UTC';
  const city = /\b(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?) time\b/u.exec(text)?.[1]?.replace(' ', '_');
  if (!city) return null;
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.endsWith(`/${city}`)) ?? null;
}

/** The day that it is at a time in a zone. */
export function dayIn(zone: string, time: number): Day {
  return (Math.floor((time + offsetOf(zone, time)) / DAY_MS) * DAY_MS) as Day;
}

/** Minutes since midnight at a time in a zone. */
export function clockIn(zone: string, time: number): Clock {
  return Math.floor(((time + offsetOf(zone, time)) % DAY_MS) / 60_000);
}

/** The time at which a clock of the zone shows this. */
export function timeIn(zone: string, day: Day, clock: Clock): number {
  const wall = day + clock * 60_000;
  const guess = wall - offsetOf(zone, wall);
  return wall - offsetOf(zone, guess);
}

/** How far a zone is ahead of UTC at a time, in milliseconds. */
function offsetOf(zone: string, time: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(time / 1000) * 1000;
}

/** `Thursday, March 5, 3:00 PM` where the zone is. */
export function describeTime(zone: string, time: number): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(time)
    .replaceAll('\u202f', ' ')
    .replace(' at ', ', ');
}

export function isoOf(time: number): string {
  return new Date(time).toISOString();
}

export const MINUTE_MS = 60_000;
export { DAY_MS };
