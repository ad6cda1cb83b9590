import type { Row } from '../../../domain/effect.ts';
import { changePaymentMethod, charge, payment } from './payments.ts';
import { appended, itemsOf, lengthOf, member, numberOf } from './python-operations.ts';
import { pythonJson } from './python-text.ts';
import { reservationOf, userOf } from './records.ts';
import { defineTool } from './tool.ts';
import { ToolError } from './tool-error.ts';

const FEE_PER_BAG = 50;

/** Mirrors every payment, earlier refunds included; gift cards and certificates get nothing back. */
export const cancelReservation = defineTool(
  'cancel_reservation',
  ['reservation_id'],
  ({ reservation_id }, { reservations }) => {
    const reservation = reservationOf(reservations, reservation_id);
    const history = member(reservation, 'payment_history');
    const refunds = itemsOf(history).map((entry) =>
      // Not `-amount`: a payment of 0 is refunded as 0.
      payment(member(entry, 'payment_id'), 0 - numberOf(member(entry, 'amount'))),
    );
    return pythonJson(
      reservations.update(idOf(reservation), {
        payment_history: appended(history, ...refunds),
        status: 'cancelled',
      }),
    );
  },
);

export const updateReservationBaggages = defineTool(
  'update_reservation_baggages',
  ['reservation_id', 'total_baggages', 'nonfree_baggages', 'payment_id'],
  (change, { reservations, users }) => {
    const reservation = reservationOf(reservations, change.reservation_id);
    const added = numberOf(change.nonfree_baggages) - numberOf(member(reservation, 'nonfree_baggages'));
    const price = FEE_PER_BAG * Math.max(0, added);
    const method = changePaymentMethod(
      userOf(users, member(reservation, 'user_id')),
      change.payment_id,
      price,
    );
    const columns: Row = {
      total_baggages: change.total_baggages,
      nonfree_baggages: change.nonfree_baggages,
      ...paymentColumn(reservation, change.payment_id, price),
    };
    charge(users, method, price);
    return pythonJson(reservations.update(idOf(reservation), columns));
  },
);

export const updateReservationPassengers = defineTool(
  'update_reservation_passengers',
  ['reservation_id', 'passengers'],
  ({ reservation_id, passengers }, { reservations }) => {
    const reservation = reservationOf(reservations, reservation_id);
    if (lengthOf(passengers) !== lengthOf(member(reservation, 'passengers'))) {
      throw new ToolError('number of passengers does not match');
    }
    return pythonJson(reservations.update(idOf(reservation), { passengers }));
  },
);

/** The payment history with `amount` added, as a column to lay over the row; no column where nothing was due. */
export function paymentColumn(reservation: Row, id: Row[string], amount: number): Row {
  if (amount === 0) return {};
  return { payment_history: appended(member(reservation, 'payment_history'), payment(id, amount)) };
}

export function idOf(reservation: Row): string {
  return String(reservation.reservation_id);
}
