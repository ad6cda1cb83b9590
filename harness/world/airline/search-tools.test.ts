import { describe, expect, it } from 'vitest';
import { openAirline } from './example-airline.ts';

async function search(tool: string, date: string, origin = 'JFK', destination = 'SEA') {
  const { call } = await openAirline();
  return call(tool, { origin, destination, date });
}

describe('search_direct_flight', () => {
  it('shows the day in the place of all days', async () => {
    expect(await search('search_direct_flight', '2024-05-16')).toBe(
      '[{"flight_number": "HAT004", "origin": "JFK", "destination": "SEA", ' +
        '"scheduled_departure_time_est": "09:00:00", "scheduled_arrival_time_est": "14:00:00", "status": "available", ' +
        '"available_seats": {"economy": 2, "business": 0}, "prices": {"economy": 100, "business": 300}}]',
    );
  });

  it('finds nothing on a day that is not sold or not there', async () => {
    expect(await search('search_direct_flight', '2024-05-17')).toBe('[]');
    expect(await search('search_direct_flight', 'tomorrow')).toBe('[]');
    expect(await search('search_direct_flight', '2024-05-16', 'jfk')).toBe('[]');
  });
});

describe('search_onestop_flight', () => {
  it('joins legs of one day when the first lands as the second leaves', async () => {
    const pairs = JSON.parse(await search('search_onestop_flight', '2024-05-17'));
    expect(pairs).toHaveLength(1);
    expect(pairs[0].map((leg: { flight_number: string }) => leg.flight_number)).toEqual(['HAT001', 'HAT003']);
    expect(pairs[0][0]).toMatchObject({ date: '2024-05-17', prices: { economy: 110 } });
  });

  it('labels the leg after a night with the next day, and prices it by the day before', async () => {
    const pairs = JSON.parse(await search('search_onestop_flight', '2024-05-16'));
    expect(pairs).toHaveLength(2);
    expect(pairs[1][0]).toMatchObject({ flight_number: 'HAT002', date: '2024-05-16' });
    expect(pairs[1][1]).toMatchObject({
      flight_number: 'HAT003',
      date: '2024-05-17',
      prices: { economy: 100 },
    });
    expect(Object.keys(pairs[1][1]).at(-1)).toBe('date');
  });

  it('stumbles over a date without a number only where a night comes in', async () => {
    expect(await search('search_onestop_flight', 'tomorrow')).toBe(
      "Error: invalid literal for int() with base 10: 'ow'",
    );
    expect(await search('search_onestop_flight', 'tomorrow', 'ORD')).toBe('[]');
    expect(await search('search_onestop_flight', '')).toBe(
      "Error: invalid literal for int() with base 10: ''",
    );
  });
});
