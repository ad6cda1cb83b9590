import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../domain/json.ts';
import { ORDER, openAirline } from './example-airline.ts';

const paying = (...payment_methods: JsonObject[]) => ({ ...ORDER, payment_methods });
const pay = (payment_id: string, amount: number) => ({ payment_id, amount });

describe('book_reservation', () => {
  it('books the legs at the prices of the day, fields in the order of the original', async () => {
    const { call, reservation, user } = await openAirline();
    const output = await call('book_reservation', ORDER);
    expect(Object.keys(JSON.parse(output))).toEqual([
      'reservation_id',
      'user_id',
      'origin',
      'destination',
      'flight_type',
      'cabin',
      'flights',
      'passengers',
      'payment_history',
      'created_at',
      'total_baggages',
      'nonfree_baggages',
      'insurance',
    ]);
    expect(output).toContain(
      '"flights": [{"flight_number": "HAT001", "date": "2024-05-16", "price": 100, "origin": "JFK", "destination": "ORD"}, ',
    );
    expect(reservation('HATHAT')).toMatchObject({
      created_at: '2024-05-15T15:00:00',
      payment_history: [pay('credit_card_1', 200)],
    });
    expect(user().reservations).toEqual(['R1', 'HATHAT']);
  });

  it('leaves further keys of a leg where they were', async () => {
    const { call } = await openAirline();
    const flights = [{ origin: 'X', destination: 'Y', flight_number: 'HAT004', date: '2024-05-16' }];
    const output = await call('book_reservation', { ...paying(pay('credit_card_1', 100)), flights });
    expect(output).toContain(
      '[{"origin": "JFK", "destination": "SEA", "flight_number": "HAT004", "date": "2024-05-16", "price": 100}]',
    );
  });

  it('hands out three ids, then overwrites the third', async () => {
    const { call, user, reservation } = await openAirline();
    const ids: string[] = [];
    for (let booked = 0; booked < 4; booked++) {
      ids.push(
        JSON.parse(await call('book_reservation', { ...ORDER, total_baggages: booked })).reservation_id,
      );
      if (booked === 2) await call('cancel_reservation', { reservation_id: 'HATHAV' });
    }
    expect(ids).toEqual(['HATHAT', 'HATHAU', 'HATHAV', 'HATHAV']);
    expect(user().reservations).toEqual(['R1', ...ids]);
    expect(reservation('HATHAV')).toMatchObject({ total_baggages: 3 });
    expect(reservation('HATHAV')).not.toHaveProperty('status');
  });

  it('adds insurance a passenger and a fee a bag that is not free', async () => {
    const { call } = await openAirline();
    expect(await call('book_reservation', { ...ORDER, insurance: 'yes', nonfree_baggages: 2 })).toBe(
      'Error: payment amount does not add up, total price is 330, but paid 200',
    );
    expect(await call('book_reservation', paying())).toBe(
      'Error: payment amount does not add up, total price is 200, but paid 0',
    );
  });

  it.each<[string, JsonObject, string]>([
    ['user', { user_id: 'bob' }, 'user not found'],
    ['flight', { flights: [{ flight_number: 'HAT999', date: '2024-05-16' }] }, 'flight HAT999 not found'],
    [
      'day',
      { flights: [{ flight_number: 'HAT004', date: '2024-06-01' }] },
      'flight HAT004 not found on date 2024-06-01',
    ],
    [
      'day that is sold',
      { flights: [{ flight_number: 'HAT004', date: '2024-05-17' }] },
      'flight HAT004 not available on date 2024-05-17',
    ],
    ['seats', { cabin: 'business' }, 'not enough seats on flight HAT001'],
    ['cabin', { cabin: 'basic_economy' }, "'basic_economy'"],
    ['date in a leg', { flights: [{ flight_number: 'HAT004' }] }, "'date'"],
    ['payment method', { payment_methods: [pay('cash', 200)] }, 'payment method cash not found'],
    [
      'balance',
      { payment_methods: [pay('gift_card_1', 121), pay('credit_card_1', 79)] },
      'not enough balance in payment method gift_card_1',
    ],
    [
      'worth',
      { payment_methods: [pay('certificate_1', 151), pay('credit_card_1', 49)] },
      'not enough balance in payment method certificate_1',
    ],
  ])('refuses without a %s, and writes nothing', async (_, change, message) => {
    const { call, world } = await openAirline();
    expect(await call('book_reservation', { ...ORDER, ...change })).toBe(`Error: ${message}`);
    expect(world.journal).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['a number as passengers', { passengers: 1 }],
    ['null as flights', { flights: null }],
    ['a text as flights', { flights: 'HAT001' }],
    ['a text as a number of bags', { nonfree_baggages: '1' }],
    ['a text as an amount', { payment_methods: [{ payment_id: 'credit_card_1', amount: '200' }] }],
    ['a leg that is no object', { flights: ['HAT001'] }],
  ])('raises on %s, and writes nothing', async (_, change) => {
    const { call, world } = await openAirline();
    expect(await call('book_reservation', { ...ORDER, ...change })).toMatch(/^Error: /);
    expect(world.journal).toEqual([]);
  });

  it('takes what is empty as an empty list, and stores it as given', async () => {
    const { call, reservation } = await openAirline();
    const output = await call('book_reservation', {
      ...ORDER,
      flights: '',
      payment_methods: {},
      passengers: 'Ann',
    });
    expect(output).toContain('"flights": "", "passengers": "Ann", "payment_history": {}');
    expect(reservation('HATHAT').flights).toBe('');
  });

  it('takes gift cards down and uses certificates up, whatever is left on them', async () => {
    const { call, paymentMethods } = await openAirline();
    await call('book_reservation', paying(pay('certificate_1', 100), pay('gift_card_1', 100)));
    expect(Object.keys(paymentMethods())).toEqual(['credit_card_1', 'gift_card_1']);
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 20 });
  });

  it('lets a gift card that is listed twice be overdrawn', async () => {
    const { call, paymentMethods } = await openAirline();
    await call('book_reservation', paying(pay('gift_card_1', 100), pay('gift_card_1', 100)));
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: -80 });
  });

  it('stops half-way at a certificate that is listed twice: paid, but not booked', async () => {
    const { call, user, paymentMethods, world } = await openAirline();
    const twice = paying(pay('gift_card_1', 50), pay('certificate_1', 100), pay('certificate_1', 50));
    expect(await call('book_reservation', twice)).toBe("Error: 'certificate_1'");
    expect(paymentMethods()).not.toHaveProperty('certificate_1');
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 70 });
    expect(user().reservations).toEqual(['R1']);
    expect(world.row('airline.reservations', 'HATHAT')).toBeNull();
  });

  it('compares amounts by value', async () => {
    const { call } = await openAirline();
    const output = await call(
      'book_reservation',
      paying(pay('credit_card_1', 99.5), pay('gift_card_1', 100.5)),
    );
    expect(output).toContain('{"payment_id": "credit_card_1", "amount": 99.5}');
  });
});
