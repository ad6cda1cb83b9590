import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Table } from '../service.ts';
import { element, find, isObject, member, numberOf } from './python-operations.ts';
import { pythonStr } from './python-text.ts';
import { findRow } from './records.ts';
import { ToolError } from './tool-error.ts';

/** A leg as the caller names it, with what the flights table (or the leg that is kept) says of it, added at the end. */
export type Leg = JsonObject & { price: Json };

/**
 * Finds the flight of a new leg and checks that it can be booked.
 *
 * @param seats how many are needed; asked only once a flight is found, since it may raise
 * @throws ToolError when there is no such flight or day, or too few seats
 */
export function newLeg(item: Json, cabin: Json, seats: () => number, flights: Table): Leg {
  const number = member(item, 'flight_number');
  const flight = findRow(flights, number);
  if (!flight) throw new ToolError(`flight ${pythonStr(number)} not found`);
  const date = member(item, 'date');
  const day = find(member(flight, 'dates'), date);
  if (day === undefined) {
    throw new ToolError(`flight ${pythonStr(number)} not found on date ${pythonStr(date)}`);
  }
  if (member(day, 'status') !== 'available') {
    throw new ToolError(`flight ${pythonStr(number)} not available on date ${pythonStr(date)}`);
  }
  if (numberOf(element(member(day, 'available_seats'), cabin)) < seats()) {
    throw new ToolError(`not enough seats on flight ${pythonStr(number)}`);
  }
  return priced(item, element(member(day, 'prices'), cabin), flight);
}

/** The leg at the price and between the places that `source` gives. */
export function priced(item: Json, price: Json, source: Json): Leg {
  if (!isObject(item)) throw new ToolError('expected an object as leg');
  return { ...item, price, origin: member(source, 'origin'), destination: member(source, 'destination') };
}
