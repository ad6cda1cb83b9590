import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../domain/json.ts';
import { DOMAINS, fixtureOf } from '../../import/tau2/domain.ts';
import { exampleDb, exchange } from '../../import/tau2/example-retail.ts';
import { openService } from '../services/call-service.ts';
import { retail } from './retail.ts';

function openShop() {
  const domain = DOMAINS.find(({ name }) => name === 'retail');
  if (!domain) throw new Error('no retail domain');
  const { world, call } = openService(retail, fixtureOf(domain, exampleDb, 'example'));
  return { world, tool: (name: string, args: JsonObject) => call('POST', `/tools/${name}`, args) };
}

describe('the shop', () => {
  it('finds people whatever the accents', async () => {
    const { tool } = openShop();
    const found = await tool('find_user_id_by_name_zip', {
      first_name: 'ADA',
      last_name: 'nunez',
      zip: '78701',
    });
    expect(found).toEqual({ status: 200, body: 'ada_1' });
    expect((await tool('find_user_id_by_email', { email: 'nobody@x.example' })).status).toBe(422);
  });

  it('gives back to a gift card what a cancelled order was paid with', async () => {
    const { world, tool } = openShop();
    await tool('cancel_pending_order', { order_id: '#W1', reason: 'ordered by mistake' });
    expect(world.row('retail.orders', '#W1')).toMatchObject({ status: 'cancelled' });
    expect(world.row('retail.users', 'ada_1')).toMatchObject({
      payment_methods: { gift_card_1: { balance: 70.2 } },
    });
  });

  it('exchanges one of two equal items for a variant of the same product', async () => {
    const { world, tool } = openShop();
    const change = { ...exchange('i2'), order_id: '#W1', payment_method_id: 'gift_card_1' };
    await tool('modify_pending_order_items', change);
    expect(world.row('retail.orders', '#W1')).toMatchObject({
      items: [{ item_id: 'i2', price: 35.5 }, { item_id: 'i1' }],
      payment_history: [{}, { transaction_type: 'payment', amount: 5.4 }],
    });
    expect(world.row('retail.users', 'ada_1')).toMatchObject({
      payment_methods: { gift_card_1: { balance: 4.6 } },
    });
  });

  it.each<[string, string, JsonObject]>([
    ['an order that is under way', 'cancel_pending_order', { order_id: '#W2', reason: 'no longer needed' }],
    ['a reason of its own', 'cancel_pending_order', { order_id: '#W1', reason: 'bored' }],
    ['an item that is sold out', 'exchange_delivered_order_items', exchange('i3')],
    ['an item of another product', 'exchange_delivered_order_items', exchange('i9')],
    [
      'more items than there are',
      'return_delivered_order_items',
      { order_id: '#W2', item_ids: ['i1', 'i1', 'i1'], payment_method_id: 'credit_card_1' },
    ],
    [
      'a card that holds too little',
      'modify_pending_order_payment',
      { order_id: '#W1', payment_method_id: 'gift_card_1' },
    ],
    ['arguments of another shape', 'modify_user_address', { user_id: 'ada_1', zip: 78701 }],
  ])('refuses %s and writes nothing', async (_, name, args) => {
    const { world, tool } = openShop();
    expect((await tool(name, args)).status).toBeGreaterThanOrEqual(400);
    expect(world.journal).toEqual([]);
  });
});
