import type { JsonObject } from '../../../domain/json.ts';

const address = {
  address1: '4 Mill Lane',
  address2: '',
  city: 'Austin',
  state: 'TX',
  country: 'USA',
  zip: '78701',
};

/** A shop of our own making in the form of a `db.json`. */
export const exampleDb: JsonObject = {
  products: {
    p1: {
      product_id: 'p1',
      name: 'Kettle',
      variants: {
        i1: { item_id: 'i1', options: { colour: 'red' }, available: true, price: 30.1 },
        i2: { item_id: 'i2', options: { colour: 'blue' }, available: true, price: 35.5 },
        i3: { item_id: 'i3', options: { colour: 'green' }, available: false, price: 20 },
      },
    },
    p2: {
      product_id: 'p2',
      name: 'Apron',
      variants: { i9: { item_id: 'i9', options: {}, available: true, price: 12 } },
    },
  },
  users: {
    ada_1: {
      user_id: 'ada_1',
      name: { first_name: 'Ada', last_name: 'Núñez' },
      address,
      email: 'ada@shop.example',
      payment_methods: {
        gift_card_1: { source: 'gift_card', id: 'gift_card_1', balance: 10 },
        credit_card_1: { source: 'credit_card', id: 'credit_card_1', brand: 'visa', last_four: '1234' },
      },
      orders: ['#W1', '#W2'],
    },
  },
  orders: {
    '#W1': order('#W1', 'pending', 'gift_card_1'),
    '#W2': order('#W2', 'delivered', 'credit_card_1'),
  },
};

function order(order_id: string, status: string, paidBy: string): JsonObject {
  return {
    order_id,
    user_id: 'ada_1',
    status,
    address,
    items: [
      { name: 'Kettle', product_id: 'p1', item_id: 'i1', price: 30.1, options: { colour: 'red' } },
      { name: 'Kettle', product_id: 'p1', item_id: 'i1', price: 30.1, options: { colour: 'red' } },
    ],
    payment_history: [{ transaction_type: 'payment', amount: 60.2, payment_method_id: paidBy }],
  };
}

/** Tasks of our own making in the form of a `tasks.json`. */
export const exampleTasks = [
  task('0', [
    action('find_user_id_by_email', { email: 'ada@shop.example' }),
    action('cancel_pending_order', { order_id: '#W1', reason: 'no longer needed' }),
  ]),
  {
    ...task('1', [
      action('get_order_details', { order_id: '#W9' }),
      action('transfer_to_human_agents', { summary: 'An unknown order.' }),
    ]),
    evaluation_criteria: {
      actions: [action('get_order_details', { order_id: '#W9' })],
      communicate_info: ['5 to 7 days'],
      nl_assertions: ['The agent is polite.'],
      reward_basis: ['DB', 'COMMUNICATE', 'NL_ASSERTION'],
    },
  },
  {
    ...task('2', [action('exchange_delivered_order_items', exchange('i3'))]),
    initial_state: {
      initialization_data: { agent_data: { products: { p1: { variants: { i3: { available: true } } } } } },
    },
  },
  { ...task('3', []), initial_state: { message_history: [{ role: 'user', content: 'Hello' }] } },
];

/** Arguments of an exchange of the first kettle of the delivered order. */
export function exchange(to: string): JsonObject {
  return { order_id: '#W2', item_ids: ['i1'], new_item_ids: [to], payment_method_id: 'credit_card_1' };
}

function action(name: string, args: JsonObject) {
  return { action_id: `a_${name}`, name, arguments: args, info: null };
}

function task(id: string, actions: unknown[]) {
  return {
    id,
    description: { purpose: 'An example.' },
    user_scenario: {
      persona: null,
      instructions: {
        domain: 'retail',
        reason_for_call: 'You want to change an order.',
        known_info: 'You are Ada Núñez.',
        unknown_info: null,
        task_instructions: 'Be brief.',
      },
    },
    evaluation_criteria: { actions, communicate_info: [], reward_basis: ['DB', 'COMMUNICATE'] },
  };
}
