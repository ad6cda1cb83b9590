import type { Service } from '../../service.ts';
import { commonPages } from '../common-pages.ts';
import { COMMON_TABLES } from '../session.ts';
import { basket } from './basket.ts';
import { browsing } from './browse.ts';
import { site } from './frame.ts';
import { ordering } from './orders.ts';

/** The web site of a shop: departments, products with reviews, a basket, a checkout, orders. */
export const shop: Service = {
  name: 'shop',
  tables: {
    ...COMMON_TABLES,
    products: { key: 'sku' },
    reviews: { key: 'id' },
    addresses: { key: 'id' },
    cart: { key: 'sku' },
    wishlist: { key: 'sku' },
    subscribers: { key: 'email' },
    orders: { key: 'id', irreversible: true },
  },
  operations: [...commonPages(site), ...browsing, ...basket, ...ordering],
};
