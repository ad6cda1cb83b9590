import { z } from 'zod';
import { Json } from '../../../domain/json.ts';
import { roundToCents } from '../airline/calculate.ts';
import type { Table } from '../service.ts';
import { refuse } from '../tool-operation.ts';

/** A record with further fields, which are kept. */
const record = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).catchall(Json);
const text = z.string();

export const Address = z.object({
  address1: text,
  address2: text,
  city: text,
  state: text,
  country: text,
  zip: text,
});

const PaymentMethod = record({ source: text, id: text, balance: z.number().optional() });
type PaymentMethod = z.infer<typeof PaymentMethod>;

export const User = record({
  user_id: text,
  name: record({ first_name: text, last_name: text }),
  address: Address,
  email: text,
  payment_methods: z.record(text, PaymentMethod),
});
export type User = z.infer<typeof User>;

export const Product = record({
  product_id: text,
  name: text,
  variants: z.record(
    text,
    record({ item_id: text, options: Json, available: z.boolean(), price: z.number() }),
  ),
});
export type Product = z.infer<typeof Product>;

const Item = record({ product_id: text, item_id: text, price: z.number(), options: Json });

export const Order = record({
  order_id: text,
  user_id: text,
  status: text,
  items: z.array(Item),
  payment_history: z.array(record({ transaction_type: text, amount: z.number(), payment_method_id: text })),
});
export type Order = z.infer<typeof Order>;

export type Shop = { products: Table; users: Table; orders: Table };

export function orderOf({ orders }: Shop, id: string): Order {
  return Order.parse(orders.get(id) ?? refuse(`no order has the id "${id}"`));
}

export function userOf({ users }: Shop, id: string): User {
  return User.parse(users.get(id) ?? refuse(`no user has the id "${id}"`));
}

export function productOf({ products }: Shop, id: string): Product {
  return Product.parse(products.get(id) ?? refuse(`no product has the id "${id}"`));
}

export function paymentMethodOf(user: User, id: string): PaymentMethod {
  return user.payment_methods[id] ?? refuse(`${user.user_id} has no payment method "${id}"`);
}

/** A gift card has to hold the amount; other methods have no limit. */
export function checkFunds(method: PaymentMethod, amount: number): void {
  if (isGiftCard(method) && (method.balance ?? 0) < amount)
    refuse(`gift card ${method.id} does not hold ${amount}`);
}

export function isGiftCard({ source }: PaymentMethod): boolean {
  return source === 'gift_card';
}

/** Takes an amount off a gift card, or adds a negative one; other methods keep no balance. */
export function charge({ users }: Shop, userId: string, methodId: string, amount: number): void {
  const user = User.parse(users.get(userId));
  const method = paymentMethodOf(user, methodId);
  if (!isGiftCard(method)) return;
  const balance = roundToCents((method.balance ?? 0) - amount);
  users.update(userId, {
    payment_methods: { ...user.payment_methods, [methodId]: { ...method, balance } },
  });
}
