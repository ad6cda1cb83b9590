const DAY_MS = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = MONTHS.join('|');
/** Hours ahead of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  bst: 1,
  cet: 1,
  cest: 2,
  est: -5,
  edt: -4,
  pst: -8,
  pdt: -7,
};
const CLOCK = new RegExp(
  `(?:\\b|T)(\\d{1,2})(?::(\\d{2})(?::\\d{2})?\\s*(am|pm)?|\\s*(am|pm))\\s*(${Object.keys(ZONES).join('|')})?\\b`,
  'i',
);

/**
 * The first point in time that a text proposes, in epoch milliseconds, or `null` unless both a day and a time of day
 * are named. Without a zone it is UTC; a weekday is the next one after `now`.
 *
 * @example readMeetingTime('Thursday at 3 pm UTC?', Date.parse('2026-03-02T09:00:00Z')) // 2026-03-05T15:00:00Z
 */
export function readMeetingTime(text: string, now: number): number | null {
  const midnight = readDay(text.toLowerCase(), now);
  const clock = CLOCK.exec(text);
  if (midnight === null || !clock) return null;
  const [, hours, minutes, meridiem, bareMeridiem, zone] = clock;
  const hour = hourOfDay(Number(hours), (meridiem ?? bareMeridiem)?.toLowerCase());
  if (hour > 23 || Number(minutes ?? 0) > 59) return null;
  const offset = ZONES[zone?.toLowerCase() ?? 'utc'] ?? 0;
  return midnight + ((hour - offset) * 60 + Number(minutes ?? 0)) * 60_000;
}

function hourOfDay(hour: number, meridiem: string | undefined): number {
  if (meridiem === 'am') return hour % 12;
  return meridiem === 'pm' ? (hour % 12) + 12 : hour;
}

/** Midnight UTC of the day that is named. */
function readDay(text: string, now: number): number | null {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const iso = /\b\d{4}-\d{2}-\d{2}/.exec(text);
  if (iso) return Date.parse(`${iso[0]}T00:00:00Z`);
  const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH})`).exec(text);
  if (dayFirst) return inYear(Number(dayFirst[1]), dayFirst[2], today);
  const monthFirst = new RegExp(`\\b(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?\\b`).exec(text);
  if (monthFirst) return inYear(Number(monthFirst[2]), monthFirst[1], today);
  if (/\btomorrow\b/.test(text)) return today + DAY_MS;
  const weekday = new RegExp(`\\b(${WEEKDAYS.join('|')})\\b`).exec(text);
  if (!weekday) return null;
  const ahead = (WEEKDAYS.indexOf(weekday[1] ?? '') - new Date(today).getUTCDay() + 7) % 7;
  return today + (ahead || 7) * DAY_MS;
}

/** The day in this year, or in the next where this year's is over. */
function inYear(day: number, month: string | undefined, today: number): number {
  const index = MONTHS.indexOf(month ?? '');
  const year = new Date(today).getUTCFullYear();
  const thisYear = Date.UTC(year, index, day);
  return thisYear < today ? Date.UTC(year + 1, index, day) : thisYear;
}
