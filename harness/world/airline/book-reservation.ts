import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import type { Table } from '../service.ts';
import { newLeg } from './legs.ts';
import { charge, checkedPayments, consume, type PaymentMethod } from './payments.ts';
import { appended, itemsOf, lengthOf, numberOf } from './python-operations.ts';
import { numberText, pythonJson } from './python-text.ts';
import { total, userOf } from './records.ts';
import { defineTool } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** The ids that new reservations get; the fourth and later ones overwrite the last. */
const IDS = ['HATHAT', 'HATHAU', 'HATHAV'] as const;
/** When every booking is made. */
const CREATED_AT = '2024-05-15T15:00:00';
const INSURANCE_PER_PASSENGER = 30;
const FEE_PER_BAG = 50;

export const bookReservation = defineTool(
  'book_reservation',
  [
    'user_id',
    'origin',
    'destination',
    'flight_type',
    'cabin',
    'flights',
    'passengers',
    'payment_methods',
    'total_baggages',
    'nonfree_baggages',
    'insurance',
  ],
  (order, { flights, reservations, users }) => {
    const user = userOf(users, order.user_id);
    const seats = () => lengthOf(order.passengers);
    const legs = itemsOf(order.flights).map((item) => newLeg(item, order.cabin, seats, flights));
    const price =
      total(legs.map((leg) => leg.price)) * seats() +
      (order.insurance === 'yes' ? INSURANCE_PER_PASSENGER * seats() : 0) +
      FEE_PER_BAG * numberOf(order.nonfree_baggages);
    const payments = checkedPayments(user, itemsOf(order.payment_methods));
    const paid = total(payments.map(({ amount }) => amount));
    if (paid !== price) {
      throw new ToolError(
        `payment amount does not add up, total price is ${numberText(price)}, but paid ${numberText(paid)}`,
      );
    }
    // From here on there are writes. A certificate that is listed twice stops at its second use: what was paid until
    // then stays paid, and nothing is booked.
    for (const { method, amount } of payments) settle(users, method, amount);
    const reservation: Row = {
      reservation_id: freeId(reservations),
      user_id: order.user_id,
      origin: order.origin,
      destination: order.destination,
      flight_type: order.flight_type,
      cabin: order.cabin,
      flights: Array.isArray(order.flights) ? legs : order.flights,
      passengers: order.passengers,
      payment_history: order.payment_methods,
      created_at: CREATED_AT,
      total_baggages: order.total_baggages,
      nonfree_baggages: order.nonfree_baggages,
      insurance: order.insurance,
    };
    put(reservations, reservation);
    addToUser(users, reservation);
    return pythonJson(reservation);
  },
);

function settle(users: Table, method: PaymentMethod, amount: Json): void {
  if (method.method.source === 'certificate') consume(users, method);
  else charge(users, method, amount);
}

function freeId(reservations: Table): string {
  return IDS.find((id) => !reservations.get(id)) ?? IDS[2];
}

function put(reservations: Table, reservation: Row): void {
  const id = String(reservation.reservation_id);
  if (reservations.get(id)) reservations.delete(id);
  reservations.insert(reservation);
}

function addToUser(users: Table, { user_id, reservation_id }: Row): void {
  const user = userOf(users, user_id ?? null);
  const reservations = appended(user.reservations ?? null, reservation_id ?? null);
  users.update(String(user.user_id), { reservations });
}
