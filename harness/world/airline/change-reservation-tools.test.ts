import { describe, expect, it } from 'vitest';
import { openAirline } from './example-airline.ts';

const kept = { flight_number: 'HAT004', date: '2024-05-17' };
const other = { flight_number: 'HAT004', date: '2024-05-16' };
const change = { reservation_id: 'R1', cabin: 'economy', payment_id: 'gift_card_1' };

describe('update_reservation_flights', () => {
  it('keeps a leg at the price it was booked for, though its day is not sold any more', async () => {
    const { call, reservation, paymentMethods } = await openAirline();
    const output = await call('update_reservation_flights', { ...change, flights: [kept] });
    expect(output).toContain(
      '"flights": [{"flight_number": "HAT004", "date": "2024-05-17", "price": 70, "origin": "JFK", "destination": "SEA"}]',
    );
    expect(reservation('R1').payment_history).toHaveLength(1);
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 120 });
  });

  it('prices a leg anew where the cabin is another, and leaves the cabin as it was', async () => {
    const { call, reservation } = await openAirline();
    const flights = { ...change, cabin: 'business', flights: [kept] };
    expect(await call('update_reservation_flights', flights)).toBe(
      'Error: flight HAT004 not available on date 2024-05-17',
    );
    await call('update_reservation_flights', { ...change, flights: [other] });
    expect(reservation('R1')).toMatchObject({ cabin: 'economy', flights: [{ price: 100 }] });
  });

  it('charges the difference, and pays back onto a gift card', async () => {
    const { call, reservation, paymentMethods } = await openAirline();
    await call('update_reservation_flights', { ...change, flights: [other] });
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 90 });
    await call('update_reservation_flights', { ...change, flights: [] });
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 190 });
    expect(reservation('R1').flights).toEqual([]);
    expect(reservation('R1').payment_history).toEqual([
      { payment_id: 'gift_card_1', amount: 70 },
      { payment_id: 'gift_card_1', amount: 30 },
      { payment_id: 'gift_card_1', amount: -100 },
    ]);
  });

  it.each([
    [{ reservation_id: 'XX' }, 'reservation not found'],
    [{ payment_id: 'cash' }, 'payment method not found'],
    [{ payment_id: 'certificate_1' }, 'certificate cannot be used to update reservation'],
    [
      { flights: [other, other, { flight_number: 'HAT001', date: '2024-05-16' }] },
      'gift card balance is not enough',
    ],
    [{ flights: [{ date: '2024-05-16' }] }, "'flight_number'"],
  ])('refuses %j, and writes nothing', async (wrong, message) => {
    const { call, world } = await openAirline();
    const args = { ...change, flights: [kept], ...wrong };
    expect(await call('update_reservation_flights', args)).toBe(`Error: ${message}`);
    expect(world.journal).toEqual([]);
  });
});

describe('cancel_reservation', () => {
  it('mirrors the payments and adds a status at the end; a second time mirrors all of them', async () => {
    const { call, reservation, paymentMethods } = await openAirline();
    expect(await call('cancel_reservation', { reservation_id: 'R1' })).toMatch(/"status": "cancelled"}$/);
    const amounts = () =>
      (reservation('R1').payment_history as { amount: number }[]).map(({ amount }) => amount);
    expect(amounts()).toEqual([70, -70]);
    await call('cancel_reservation', { reservation_id: 'R1' });
    expect(amounts()).toEqual([70, -70, -70, 70]);
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 120 });
  });

  it('refunds a payment of nothing with 0', async () => {
    const { call } = await openAirline();
    expect(await call('cancel_reservation', { reservation_id: '429815' })).toContain(
      '[{"payment_id": "credit_card_1", "amount": 0}, {"payment_id": "credit_card_1", "amount": 0}]',
    );
  });
});

describe('update_reservation_baggages', () => {
  const bags = { reservation_id: 'R1', total_baggages: 3, nonfree_baggages: 3, payment_id: 'gift_card_1' };

  it('charges for each further bag that is not free', async () => {
    const { call, reservation, paymentMethods } = await openAirline();
    await call('update_reservation_baggages', bags);
    expect(reservation('R1')).toMatchObject({ total_baggages: 3, nonfree_baggages: 3 });
    expect(reservation('R1').payment_history).toHaveLength(2);
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 20 });
  });

  it('pays nothing back, and still wants a payment method', async () => {
    const { call, reservation, paymentMethods } = await openAirline();
    const fewer = { ...bags, total_baggages: 0, nonfree_baggages: 0 };
    expect(await call('update_reservation_baggages', { ...fewer, payment_id: 'certificate_1' })).toBe(
      'Error: certificate cannot be used to update reservation',
    );
    await call('update_reservation_baggages', fewer);
    expect(reservation('R1').payment_history).toHaveLength(1);
    expect(paymentMethods().gift_card_1).toMatchObject({ amount: 120 });
  });

  it('refuses what a gift card does not hold', async () => {
    const { call } = await openAirline();
    expect(await call('update_reservation_baggages', { ...bags, nonfree_baggages: 4 })).toBe(
      'Error: gift card balance is not enough',
    );
  });
});

describe('update_reservation_passengers', () => {
  it('replaces all, as given, where the number stays', async () => {
    const { call, reservation } = await openAirline();
    const passengers = [{ dob: '2000-01-01', first_name: 'Bo' }];
    await call('update_reservation_passengers', { reservation_id: 'R1', passengers });
    expect(reservation('R1').passengers).toEqual(passengers);
    expect(await call('update_reservation_passengers', { reservation_id: 'R1', passengers: [] })).toBe(
      'Error: number of passengers does not match',
    );
  });
});

describe('send_certificate', () => {
  it('takes the first free id, also one that was used up', async () => {
    const { call, paymentMethods } = await openAirline();
    const send = (amount: number | string | null) => call('send_certificate', { user_id: 'ann', amount });
    expect(await send(100)).toBe('Certificate certificate_3221322 added to user ann with amount 100.');
    expect(await send(null)).toBe('Certificate certificate_3221323 added to user ann with amount None.');
    expect(paymentMethods().certificate_3221322).toEqual({
      source: 'certificate',
      amount: 100,
      id: 'certificate_3221322',
    });
    expect(await call('send_certificate', { user_id: 'bob', amount: 1 })).toBe('Error: user not found');
  });
});
