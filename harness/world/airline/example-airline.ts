import type { Row } from '../../../domain/effect.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { Fixture } from '../service.ts';
import { toolRequest, worldAfter } from './reference.ts';

/** A small airline for tests: four flights, one of them by night, two reservations, one user. */
export const EXAMPLE: Fixture = {
  'airline.flights': [
    flight('HAT001', 'JFK', 'ORD', '08:00:00', '10:00:00'),
    flight('HAT002', 'JFK', 'ORD', '22:00:00', '01:30:00+1'),
    flight('HAT003', 'ORD', 'SEA', '10:00:00', '13:00:00'),
    {
      ...flight('HAT004', 'JFK', 'SEA', '09:00:00', '14:00:00'),
      dates: { '2024-05-16': available(100), '2024-05-17': { status: 'cancelled' } },
    },
  ],
  'airline.reservations': [
    {
      reservation_id: 'R1',
      user_id: 'ann',
      origin: 'JFK',
      destination: 'SEA',
      flight_type: 'one_way',
      cabin: 'economy',
      // Booked for less than today's price, on a day that is no longer sold.
      flights: [
        { origin: 'JFK', destination: 'SEA', flight_number: 'HAT004', date: '2024-05-17', price: 70 },
      ],
      passengers: [{ first_name: 'Ann', last_name: 'Lee', dob: '1990-01-01' }],
      payment_history: [{ payment_id: 'gift_card_1', amount: 70 }],
      created_at: '2024-05-01T00:00:00',
      total_baggages: 1,
      nonfree_baggages: 1,
      insurance: 'no',
    },
    {
      reservation_id: '429815',
      user_id: 'ann',
      payment_history: [{ payment_id: 'credit_card_1', amount: 0 }],
    },
  ],
  'airline.users': [
    {
      user_id: 'ann',
      name: { first_name: 'Ann', last_name: 'Lee' },
      payment_methods: {
        credit_card_1: { source: 'credit_card', brand: 'visa', last_four: '0001', id: 'credit_card_1' },
        gift_card_1: { source: 'gift_card', amount: 120, id: 'gift_card_1' },
        certificate_1: { source: 'certificate', amount: 150, id: 'certificate_1' },
      },
      reservations: ['R1'],
    },
  ],
};

/** A booking of HAT001 and HAT003 for one, which costs 200. */
export const ORDER = {
  user_id: 'ann',
  origin: 'JFK',
  destination: 'SEA',
  flight_type: 'one_way',
  cabin: 'economy',
  flights: [
    { flight_number: 'HAT001', date: '2024-05-16' },
    { flight_number: 'HAT003', date: '2024-05-16' },
  ],
  passengers: [{ first_name: 'Ann', last_name: 'Lee', dob: '1990-01-01' }],
  payment_methods: [{ payment_id: 'credit_card_1', amount: 200 }],
  total_baggages: 0,
  nonfree_baggages: 0,
  insurance: 'no',
} satisfies JsonObject;

/** A fresh example airline. */
export async function openAirline() {
  const world = await worldAfter([], EXAMPLE);
  const row = (table: string, key: string): Row => {
    const found = world.row(`airline.${table}`, key);
    if (!found) throw new Error(`expected a row ${key} in ${table}`);
    return found;
  };
  return {
    world,
    reservation: (id: string) => row('reservations', id),
    user: () => row('users', 'ann'),
    paymentMethods: () => row('users', 'ann').payment_methods as Record<string, JsonObject>,
    async call(tool: string, args: JsonObject): Promise<string> {
      const response = await world.handle(toolRequest(world.environment.AIRLINE_URL ?? '', tool, args));
      return (await response.json()) as string;
    },
  };
}

function flight(
  flight_number: string,
  origin: string,
  destination: string,
  departs: string,
  arrives: string,
): Row {
  return {
    flight_number,
    origin,
    destination,
    scheduled_departure_time_est: departs,
    scheduled_arrival_time_est: arrives,
    dates: { '2024-05-16': available(100), '2024-05-17': available(110) },
  };
}

/** Two seats in economy, none in business; basic economy is not offered. */
function available(price: number): JsonObject {
  return {
    status: 'available',
    available_seats: { economy: 2, business: 0 },
    prices: { economy: price, business: 3 * price },
  };
}
