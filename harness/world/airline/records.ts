import type { Row } from '../../../domain/effect.ts';
import type { Json } from '../../../domain/json.ts';
import type { Table } from '../service.ts';
import { keyOf, numberOf } from './python-operations.ts';
import { pythonJson } from './python-text.ts';
import { ToolError } from './tool-error.ts';

/** The row with this id. An id of another type is of no row: the number 429815 is not the id "429815". */
export function findRow(table: Table, id: Json): Row | null {
  const key = keyOf(id);
  return key === null ? null : table.get(key);
}

/** @throws ToolError `user not found` */
export function userOf(users: Table, id: Json): Row {
  const user = findRow(users, id);
  if (!user) throw new ToolError('user not found');
  return user;
}

/** @throws ToolError `reservation not found` */
export function reservationOf(reservations: Table, id: Json): Row {
  const reservation = findRow(reservations, id);
  if (!reservation) throw new ToolError('reservation not found');
  return reservation;
}

/** A user as the tools show one: without the column `user_id`, which a row needs and the original's record lacks. */
export function userText({ user_id: _, ...user }: Row): string {
  return pythonJson(user);
}

export function total(numbers: Iterable<Json>): number {
  let sum = 0;
  for (const number of numbers) sum += numberOf(number);
  return sum;
}
