import { describe, expect, it } from 'vitest';
import { clockIn, type Day, dayIn, describeTime, readTimes, timeIn } from './local-time.ts';

/** A Monday. */
const today = Date.parse('2026-03-02T00:00:00Z') as Day;
const iso = (time: number) => new Date(time).toISOString();

describe('readTimes', () => {
  it.each([
    ['on Thursday at 3 pm', '2026-03-05', [[15 * 60, null]]],
    ['Wednesday from 9 to 11', '2026-03-04', [[540, 660]]],
    ['tomorrow 9-11 am', '2026-03-03', [[540, 660]]],
    ['Monday at 10', '2026-03-09', [[600, null]]],
    ['make it 4', null, [[960, null]]],
    [
      'Thursday at 3, or at 4 if that is taken',
      '2026-03-05',
      [
        [900, null],
        [960, null],
      ],
    ],
    ['on 9 March at 15:30', '2026-03-09', [[930, null]]],
    ['today at noon', '2026-03-02', [[720, null]]],
    ['half an hour with Priya', null, []],
    ['running 10 minutes late', null, []],
  ])('reads "%s"', (text, day, clocks) => {
    const read = readTimes(text, today);
    expect(read.day === null ? null : iso(read.day).slice(0, 10)).toBe(day);
    expect(read.clocks.map(({ from, to }) => [from, to])).toEqual(clocks);
  });

  it('knows zones by their cities, and lengths', () => {
    expect(readTimes('9 am Tokyo time', today).zone).toBe('Asia/Tokyo');
    expect(readTimes('9 am New York time', today).zone).toBe('America/New_York');
    expect(readTimes('15:00 UTC', today).zone).toBe('UTC');
    expect(readTimes('tea time', today).zone).toBeNull();
    expect(readTimes('45 minutes with Lee', today).length).toBe(45);
    expect(readTimes('half an hour', today).length).toBe(30);
  });
});

describe('times of a zone', () => {
  it('follow its summer time', () => {
    const at = (day: string) => iso(timeIn('America/New_York', Date.parse(`${day}T00:00:00Z`) as Day, 600));
    expect(at('2026-03-06')).toBe('2026-03-06T15:00:00.000Z');
    expect(at('2026-03-09')).toBe('2026-03-09T14:00:00.000Z');
  });

  it('have days and clocks of their own', () => {
    const time = Date.parse('2026-03-04T00:30:00Z');
    expect(iso(dayIn('America/New_York', time)).slice(0, 10)).toBe('2026-03-03');
    expect(clockIn('America/New_York', time)).toBe(19 * 60 + 30);
    expect(describeTime('America/New_York', time)).toBe('Tuesday, March 3, 7:30 PM');
  });
});
