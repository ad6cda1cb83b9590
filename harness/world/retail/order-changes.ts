import { z } from 'zod';
import { roundToCents } from '../airline/calculate.ts';
import { refuse } from '../tool-operation.ts';
import {
  Address,
  charge,
  checkFunds,
  isGiftCard,
  type Order,
  orderOf,
  paymentMethodOf,
  productOf,
  type Shop,
  userOf,
} from './records.ts';
import { tool } from './tool.ts';

const text = z.string();
const Swap = z.strictObject({
  order_id: text,
  item_ids: z.array(text),
  new_item_ids: z.array(text),
  payment_method_id: text,
});

/** The tools that change an order or a user. */
export const orderChanges = [
  tool(
    'cancel_pending_order',
    z.strictObject({ order_id: text, reason: z.enum(['no longer needed', 'ordered by mistake']) }),
    ({ order_id, reason }, shop) => {
      const order = orderIn(shop, order_id, (status) => status === 'pending', 'cancelled');
      const user = userOf(shop, order.user_id);
      for (const paid of order.payment_history) paymentMethodOf(user, paid.payment_method_id);
      const refunds = order.payment_history.map(({ amount, payment_method_id }) => ({
        transaction_type: 'refund',
        amount,
        payment_method_id,
      }));
      for (const refund of refunds) charge(shop, user.user_id, refund.payment_method_id, -refund.amount);
      return shop.orders.update(order_id, {
        status: 'cancelled',
        cancel_reason: reason,
        payment_history: [...order.payment_history, ...refunds],
      });
    },
  ),

  tool('exchange_delivered_order_items', Swap, (given, shop) => {
    const order = orderIn(shop, given.order_id, (status) => status === 'delivered', 'exchanged');
    const swaps = swapsOf(shop, order, given);
    const difference = roundToCents(swaps.reduce((sum, swap) => sum + swap.price - swap.item.price, 0));
    checkFunds(paymentMethodOf(userOf(shop, order.user_id), given.payment_method_id), difference);
    return shop.orders.update(given.order_id, {
      status: 'exchange requested',
      exchange_items: given.item_ids.toSorted(),
      exchange_new_items: given.new_item_ids.toSorted(),
      exchange_payment_method_id: given.payment_method_id,
      exchange_price_difference: difference,
    });
  }),

  tool('modify_pending_order_items', Swap, (given, shop) => {
    const order = orderIn(shop, given.order_id, (status) => status === 'pending', 'modified');
    const swaps = swapsOf(shop, order, given);
    const same = swaps.find(({ item, item_id }) => item.item_id === item_id);
    if (same) refuse(`item ${same.item_id} would be exchanged for itself`);
    const difference = roundToCents(swaps.reduce((sum, swap) => sum + swap.price - swap.item.price, 0));
    checkFunds(paymentMethodOf(userOf(shop, order.user_id), given.payment_method_id), difference);
    charge(shop, order.user_id, given.payment_method_id, difference);
    const paid = {
      transaction_type: difference > 0 ? 'payment' : 'refund',
      amount: Math.abs(difference),
      payment_method_id: given.payment_method_id,
    };
    return shop.orders.update(given.order_id, {
      status: 'pending (item modified)',
      items: order.items.map((item) => {
        const swap = swaps.find((other) => other.item === item);
        return swap ? { ...item, item_id: swap.item_id, price: swap.price, options: swap.options } : item;
      }),
      payment_history: [...order.payment_history, paid],
    });
  }),

  tool(
    'modify_pending_order_address',
    Address.extend({ order_id: text }),
    ({ order_id, ...address }, shop) => {
      orderIn(shop, order_id, isPending, 'modified');
      return shop.orders.update(order_id, { address });
    },
  ),

  tool(
    'modify_pending_order_payment',
    z.strictObject({ order_id: text, payment_method_id: text }),
    ({ order_id, payment_method_id }, shop) => {
      const order = orderIn(shop, order_id, isPending, 'modified');
      const user = userOf(shop, order.user_id);
      const method = paymentMethodOf(user, payment_method_id);
      const [paid, ...more] = order.payment_history;
      if (!paid || more.length > 0 || paid.transaction_type !== 'payment')
        return refuse(`order ${order_id} has not exactly one payment`);
      if (paid.payment_method_id === payment_method_id)
        return refuse(`order ${order_id} is paid by ${payment_method_id} already`);
      paymentMethodOf(user, paid.payment_method_id);
      checkFunds(method, paid.amount);
      charge(shop, user.user_id, payment_method_id, paid.amount);
      charge(shop, user.user_id, paid.payment_method_id, -paid.amount);
      return shop.orders.update(order_id, {
        payment_history: [
          paid,
          { transaction_type: 'payment', amount: paid.amount, payment_method_id },
          { transaction_type: 'refund', amount: paid.amount, payment_method_id: paid.payment_method_id },
        ],
      });
    },
  ),

  tool('modify_user_address', Address.extend({ user_id: text }), ({ user_id, ...address }, shop) => {
    userOf(shop, user_id);
    return shop.users.update(user_id, { address });
  }),

  tool(
    'return_delivered_order_items',
    z.strictObject({ order_id: text, item_ids: z.array(text), payment_method_id: text }),
    ({ order_id, item_ids, payment_method_id }, shop) => {
      const order = orderIn(shop, order_id, (status) => status === 'delivered', 'returned');
      const method = paymentMethodOf(userOf(shop, order.user_id), payment_method_id);
      if (!isGiftCard(method) && payment_method_id !== order.payment_history[0]?.payment_method_id)
        refuse(`order ${order_id} was not paid by ${payment_method_id}, which is no gift card`);
      itemsOf(order, item_ids);
      return shop.orders.update(order_id, {
        status: 'return requested',
        return_items: item_ids.toSorted(),
        return_payment_method_id: payment_method_id,
      });
    },
  ),
];

function isPending(status: string): boolean {
  return status.includes('pending');
}

function orderIn(shop: Shop, id: string, fits: (status: string) => boolean, what: string): Order {
  const order = orderOf(shop, id);
  return fits(order.status) ? order : refuse(`order ${id} is ${order.status} and cannot be ${what}`);
}

/** The items of an order with these ids, one for each; the same id twice needs two such items. */
function itemsOf({ order_id, items }: Order, ids: readonly string[]): Order['items'] {
  const left = [...items];
  return ids.map((id) => {
    const place = left.findIndex((item) => item.item_id === id);
    const [found] = place < 0 ? [] : left.splice(place, 1);
    return found ?? refuse(`order ${order_id} has no item ${id}, or not so often`);
  });
}

/** What each item is exchanged for: an available variant of the same product. */
function swapsOf(shop: Shop, order: Order, given: z.infer<typeof Swap>) {
  const { item_ids, new_item_ids } = given;
  if (item_ids.length !== new_item_ids.length)
    refuse(`${item_ids.length} items cannot be exchanged for ${new_item_ids.length}`);
  return itemsOf(order, item_ids).map((item, place) => {
    const id = new_item_ids[place] ?? '';
    const variant = productOf(shop, item.product_id).variants[id];
    if (!variant?.available) return refuse(`item ${id} is not available in product ${item.product_id}`);
    return { item, item_id: id, price: variant.price, options: variant.options };
  });
}
