import type { OperationContext } from '../../service.ts';
import { html } from '../markup.ts';
import { notFound } from '../session.ts';
import type { Redirect, Screen } from '../site.ts';
import { site } from './frame.ts';
import { cartOf, euros, productOf, productsOf, totalOf } from './rows.ts';

/** A whole number from 0 to 99; `null` for anything else. */
function quantityOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,2}$/.test(text) ? Number(text) : null;
}

function put({ table }: OperationContext, sku: string, quantity: number): void {
  const cart = table('cart');
  if (!cart.get(sku)) cart.insert({ sku, quantity });
  else if (quantity === 0) cart.delete(sku);
  else cart.update(sku, { quantity });
}

function refused(message: string): Screen {
  return {
    title: 'Basket',
    status: 422,
    main: html`<h1>Basket</h1><p class="error">${message}</p><p><a href="cart">To the basket</a></p>`,
  };
}

export const basket = [
  site.page({
    id: 'cart.get',
    path: '/cart',
    summary: 'The basket',
    show(request) {
      const lines = cartOf(request);
      const also = productsOf(request)
        .filter(({ sku, stock }) => stock > 0 && !lines.some(({ product }) => product.sku === sku))
        .slice(0, 4);
      if (lines.length === 0)
        return {
          title: 'Basket',
          main: html`<h1>Basket</h1><p>Your basket is empty.</p><p><a href="./">Go on shopping</a></p>`,
        };
      return {
        title: 'Basket',
        main: html`<h1>Basket</h1><table><thead><tr><th>Product</th><th>Price</th><th>Quantity</th><th>Sum</th><th></th></tr></thead><tbody>${lines.map(
          ({ product, quantity, cents }) => html`<tr>
<td><a href="p/${product.sku}">${product.name}</a></td><td>${euros(product.price_cents)}</td>
<td><form method="post" action="cart/items/${product.sku}"><input name="quantity" type="number" aria-label="Quantity of ${product.name}" value="${quantity}"><button>Update</button></form></td>
<td>${euros(cents)}</td>
<td><form method="post" action="cart/items/${product.sku}"><input type="hidden" name="quantity" value="0"><button>Remove</button></form></td></tr>`,
        )}</tbody></table>
<p class="price">Total ${euros(totalOf(lines))}</p><p><a class="button primary" href="checkout">Go to checkout</a></p>
<h2>Add something small</h2><ul>${also.map(
          ({ sku, name, price_cents }) =>
            html`<li class="offer"><a href="p/${sku}">${name}</a> ${euros(price_cents)}</li>`,
        )}</ul>`,
      };
    },
  }),
  site.form({
    id: 'cart.add',
    path: '/cart/items',
    summary: 'Puts a product into the basket, beside what is there of it',
    submit({ fields, ...context }): Redirect | Screen {
      const product = productOf(context, fields.sku ?? '');
      if (!product) return notFound('This product is not sold here any more.');
      const more = quantityOf(fields.quantity ?? '1');
      if (!more) return refused('Please give a quantity from 1 to 99.');
      const there = cartOf(context).find((line) => line.product.sku === product.sku)?.quantity ?? 0;
      if (there + more > product.stock) return refused(`Only ${product.stock} of ${product.name} are left.`);
      put(context, product.sku, there + more);
      return { to: 'cart' };
    },
  }),
  site.form({
    id: 'cart.update',
    path: '/cart/items/:sku',
    summary: 'Changes how many of a product are in the basket; 0 takes it out',
    submit({ fields, params: { sku = '' }, ...context }): Redirect | Screen {
      const product = productOf(context, sku);
      if (!product || !context.table('cart').get(sku)) return notFound('This is not in your basket.');
      const quantity = quantityOf(fields.quantity);
      if (quantity === null) return refused('Please give a quantity from 0 to 99.');
      if (quantity > product.stock) return refused(`Only ${product.stock} of ${product.name} are left.`);
      put(context, sku, quantity);
      return { to: 'cart' };
    },
  }),
  site.form({
    id: 'wishlist.add',
    path: '/wishlist',
    summary: 'Puts a product on the wish list',
    submit({ fields, table, ...context }): Redirect | Screen {
      const sku = fields.sku ?? '';
      if (!productOf({ table, ...context }, sku)) return notFound('This product is not sold here any more.');
      if (!table('wishlist').get(sku)) table('wishlist').insert({ sku });
      return { to: `p/${sku}` };
    },
  }),
  site.form({
    id: 'newsletter.subscribe',
    path: '/newsletter',
    summary: 'Subscribes an address to letters with offers',
    submit({ fields: { email = '' }, table }): Redirect | Screen {
      if (!email.includes('@')) return refused('Please give an e-mail address.');
      if (!table('subscribers').get(email)) table('subscribers').insert({ email });
      return { to: 'help/newsletter' };
    },
  }),
];
