import type { Service } from '../service.ts';
import { lookups } from './lookups.ts';
import { orderChanges } from './order-changes.ts';

/** A web shop with orders, products and users: the tools of tau2-bench's retail domain, `POST /tools/<name>`. */
export const retail: Service = {
  name: 'retail',
  tables: {
    products: { key: 'product_id' },
    users: { key: 'user_id' },
    orders: { key: 'order_id' },
  },
  operations: [...lookups.map((lookup) => ({ ...lookup, readOnly: true })), ...orderChanges],
};
