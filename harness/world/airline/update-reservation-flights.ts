import { jsonEqual } from '../../../domain/canonical-json.ts';
import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import { idOf, paymentColumn } from './change-reservation-tools.ts';
import { type Leg, newLeg, priced } from './legs.ts';
import { changePaymentMethod, charge } from './payments.ts';
import { itemsOf, lengthOf, member } from './python-operations.ts';
import { pythonJson } from './python-text.ts';
import { reservationOf, total, userOf } from './records.ts';
import { defineTool } from './tool.ts';

/** Replaces all legs. The reservation's `cabin` stays as it was, also where the legs are priced for another one. */
export const updateReservationFlights = defineTool(
  'update_reservation_flights',
  ['reservation_id', 'cabin', 'flights', 'payment_id'],
  (change, { flights, reservations, users }) => {
    const reservation = reservationOf(reservations, change.reservation_id);
    const seats = () => lengthOf(member(reservation, 'passengers'));
    const legs = itemsOf(change.flights).map(
      (item) => keptLeg(item, change.cabin, reservation) ?? newLeg(item, change.cabin, seats, flights),
    );
    const before = itemsOf(member(reservation, 'flights')).map((leg) => member(leg, 'price'));
    const due = (total(legs.map((leg) => leg.price)) - total(before)) * seats();
    const method = changePaymentMethod(userOf(users, member(reservation, 'user_id')), change.payment_id, due);
    const columns: Row = {
      flights: Array.isArray(change.flights) ? legs : change.flights,
      ...paymentColumn(reservation, change.payment_id, due),
    };
    charge(users, method, due);
    return pythonJson(reservations.update(idOf(reservation), columns));
  },
);

/** The leg at the price it was booked for, when the reservation has it and the cabin stays. It is checked no further. */
function keptLeg(item: Json, cabin: Json, reservation: Row): Leg | null {
  const kept = itemsOf(member(reservation, 'flights')).find(
    (leg) =>
      jsonEqual(member(leg, 'flight_number'), member(item, 'flight_number')) &&
      jsonEqual(member(leg, 'date'), member(item, 'date')) &&
      jsonEqual(member(reservation, 'cabin'), cabin),
  );
  return kept === undefined ? null : priced(item, member(kept, 'price'), kept);
}
