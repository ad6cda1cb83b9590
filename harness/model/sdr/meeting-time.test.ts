import { describe, expect, it } from 'vitest';
import { readMeetingTime } from './meeting-time.ts';

/** A Monday. */
const now = Date.parse('2026-03-02T09:00:00Z');

describe('readMeetingTime', () => {
  it.each([
    ['Thursday at 15:00 UTC works', '2026-03-05T15:00:00.000Z'],
    ['How about Thursday 5 March, 3 pm?', '2026-03-05T15:00:00.000Z'],
    ['March 5th at 3:30 PM GMT', '2026-03-05T15:30:00.000Z'],
    ['2026-03-05T15:00:00Z is fine', '2026-03-05T15:00:00.000Z'],
    ['tomorrow 9am', '2026-03-03T09:00:00.000Z'],
    ['on the 5th of March at 16:00 CET', '2026-03-05T15:00:00.000Z'],
    ['Friday, 08:15 EST', '2026-03-06T13:15:00.000Z'],
    ['next Monday at 12 am', '2026-03-09T00:00:00.000Z'],
    ['on 5 January at 10:00', '2027-01-05T10:00:00.000Z'],
  ])('reads "%s"', (text, expected) => {
    const start = readMeetingTime(text, now);
    expect(start === null ? null : new Date(start).toISOString()).toBe(expected);
  });

  it.each(['Sounds good, tell me more', 'Thursday would suit me', 'at 15:00', 'on Friday at 31:00'])(
    'finds no time in "%s"',
    (text) => {
      expect(readMeetingTime(text, now)).toBeNull();
    },
  );
});
