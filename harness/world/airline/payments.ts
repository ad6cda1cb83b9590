import type { Row } from '../../../domain/effect.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Table } from '../service.ts';
import { find, isObject, member, numberOf } from './python-operations.ts';
import { pythonStr } from './python-text.ts';
import { ToolError } from './tool-error.ts';

/** A payment method of a user, with the user. */
export type PaymentMethod = { userId: string; id: string; method: JsonObject };

/** The payment method of `user` with this id, or `null`. */
function paymentMethodOf(user: Row, id: Json): PaymentMethod | null {
  const method = find(member(user, 'payment_methods'), id);
  return method !== undefined && isObject(method)
    ? { userId: String(user.user_id), id: String(id), method }
    : null;
}

/** Whether a gift card or certificate holds less than `amount`; a credit card has no limit. */
function isShort({ method }: PaymentMethod, amount: Json): boolean {
  const limited = method.source === 'gift_card' || method.source === 'certificate';
  return limited && numberOf(member(method, 'amount')) < numberOf(amount);
}

/**
 * The method that pays for (or, with a negative amount, gets back) a change of a reservation.
 *
 * @throws ToolError when it is unknown, a certificate, or a gift card that holds too little
 */
export function changePaymentMethod(user: Row, id: Json, amount: number): PaymentMethod {
  const payment = paymentMethodOf(user, id);
  if (!payment) throw new ToolError('payment method not found');
  if (payment.method.source === 'certificate') {
    throw new ToolError('certificate cannot be used to update reservation');
  }
  if (isShort(payment, amount)) throw new ToolError('gift card balance is not enough');
  return payment;
}

/** Takes `amount` off what a gift card holds by now. Other methods keep no balance that a payment would change. */
export function charge(users: Table, { userId, id, method }: PaymentMethod, amount: Json): void {
  if (method.source !== 'gift_card') return;
  const methods = methodsOf(users, userId);
  const card = methods[id] as JsonObject;
  const left = numberOf(member(card, 'amount')) - numberOf(amount);
  users.update(userId, { payment_methods: { ...methods, [id]: { ...card, amount: left } } });
}

/** Uses a certificate up, whatever it was worth. @throws ToolError when it is gone already */
export function consume(users: Table, { userId, id }: PaymentMethod): void {
  const { [id]: used, ...left } = methodsOf(users, userId);
  if (used === undefined) throw new ToolError(`'${id}'`);
  users.update(userId, { payment_methods: left });
}

/** `{payment_id, amount}` as a payment history has it. */
export function payment(id: Json, amount: number): JsonObject {
  return { payment_id: id, amount };
}

/** The ids and amounts of `payments`, checked one by one against `user`'s methods, each against the full balance. */
export function checkedPayments(
  user: Row,
  payments: readonly Json[],
): { method: PaymentMethod; amount: Json }[] {
  return payments.map((entry) => {
    const id = member(entry, 'payment_id');
    const amount = member(entry, 'amount');
    const method = paymentMethodOf(user, id);
    if (!method) throw new ToolError(`payment method ${pythonStr(id)} not found`);
    if (isShort(method, amount)) {
      throw new ToolError(`not enough balance in payment method ${pythonStr(id)}`);
    }
    return { method, amount };
  });
}

function methodsOf(users: Table, userId: string): JsonObject {
  return (users.get(userId)?.payment_methods ?? {}) as JsonObject;
}
