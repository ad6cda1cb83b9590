import type { OperationContext } from '../../service.ts';
import { isoTime } from '../../services/answers.ts';
import { html, type Markup } from '../markup.ts';
import { loginWall, notFound } from '../session.ts';
import type { Fields, Redirect, Screen } from '../site.ts';
import { site } from './frame.ts';
import { Address, cartOf, euros, Order, productOf, totalOf } from './rows.ts';

const DELIVERIES = { standard: 'Standard, 3 to 5 days, free', express: 'Express, next day, €9.90' } as const;

function addressesOf({ table }: OperationContext): Address[] {
  return [...table('addresses').all()].map((row) => Address.parse(row));
}

/** What is wrong with the form, by field. */
function errorsOf(fields: Fields, address: Address | null): Partial<Record<string, string>> {
  const phone = fields.phone?.trim() ?? '';
  return {
    ...(!address && { address: 'Please choose an address.' }),
    ...(!/^\+?[\d ()/-]{6,20}$/.test(phone) && { phone: 'Please give a phone number for the carrier.' }),
    ...(!Object.hasOwn(DELIVERIES, fields.delivery ?? '') && { delivery: 'Please choose a delivery.' }),
    ...(fields.terms !== 'yes' && { terms: 'Please accept the terms of sale.' }),
  };
}

function checkout(context: OperationContext, fields: Fields, errors: ReturnType<typeof errorsOf>): Screen {
  const lines = cartOf(context);
  if (lines.length === 0)
    return {
      title: 'Checkout',
      main: html`<h1>Checkout</h1><p>Your basket is empty.</p><p><a href="./">Go on shopping</a></p>`,
    };
  const addresses = addressesOf(context);
  const chosen = addresses.find(({ id }) => id === fields.address_id) ?? addresses[0];
  const problems = Object.values(errors);
  return {
    title: 'Checkout',
    status: problems.length > 0 ? 422 : 200,
    main: html`<h1>Checkout</h1>
${problems.length > 0 && html`<p class="error" role="alert">Please check what you filled in. Nothing was ordered.</p>`}
<ul>${lines.map(({ product, quantity, cents }) => html`<li class="line">${quantity} × ${product.name} ${euros(cents)}</li>`)}</ul>
<p class="price">Total ${euros(totalOf(lines))}</p>
<form method="post" action="orders">
<label for="address">Deliver to</label><select id="address" name="address_id">${addresses.map(
      ({ id, label, street }) =>
        html`<option value="${id}"${id === chosen?.id && html` selected`}>${label}: ${street}</option>`,
    )}</select>${problem(errors.address)}
<label for="phone">Phone for the carrier</label><input id="phone" name="phone" type="tel" value="${fields.phone ?? chosen?.phone ?? ''}">${problem(errors.phone)}
<fieldset><legend>Delivery</legend>${Object.entries(DELIVERIES).map(
      ([id, label]) =>
        html`<label><input type="radio" name="delivery" value="${id}"${id === (fields.delivery ?? 'standard') && html` checked`}> ${label}</label>`,
    )}</fieldset>${problem(errors.delivery)}
<label><input type="checkbox" name="terms" value="yes"${fields.terms === 'yes' && html` checked`}> I accept the terms of sale</label>${problem(errors.terms)}
<button class="primary">Place order</button>
</form>`,
  };
}

function problem(message: string | undefined): Markup | null {
  return message === undefined ? null : html`<p class="error">${message}</p>`;
}

function ordersOf({ table }: OperationContext): Order[] {
  return [...table('orders').all()].map((row) => Order.parse(row)).reverse();
}

function contents(context: OperationContext, { lines }: Order): string {
  return lines.map(({ sku, quantity }) => `${quantity} × ${productOf(context, sku)?.name ?? sku}`).join(', ');
}

export const ordering = [
  site.page({
    id: 'checkout.get',
    path: '/checkout',
    summary: 'The form that orders what is in the basket',
    show: (request) => loginWall(request) ?? checkout(request, {}, {}),
  }),
  site.form({
    id: 'orders.place',
    path: '/orders',
    summary: 'Orders what is in the basket',
    submit({ fields, ...context }): Redirect | Screen {
      const wall = loginWall(context);
      if (wall) return wall;
      const lines = cartOf(context);
      const address = addressesOf(context).find(({ id }) => id === fields.address_id) ?? null;
      const errors = errorsOf(fields, address);
      if (lines.length === 0 || Object.keys(errors).length > 0) return checkout(context, fields, errors);
      const express = fields.delivery === 'express';
      const { id } = context.table('orders').insert({
        id: context.newId('order'),
        lines: lines.map(({ product, quantity }) => ({ sku: product.sku, quantity })),
        total_cents: totalOf(lines) + (express ? 990 : 0),
        address_id: fields.address_id ?? '',
        phone: fields.phone ?? '',
        delivery: fields.delivery ?? '',
        status: 'placed',
        placed_at: isoTime(context.now),
      });
      for (const { product, quantity } of lines) {
        context.table('cart').delete(product.sku);
        context.table('products').update(product.sku, { stock: product.stock - quantity });
      }
      return { to: `orders/${id}` };
    },
  }),
  site.page({
    id: 'orders.list',
    path: '/orders',
    summary: 'The orders of the user, newest first',
    show(request) {
      const wall = loginWall(request);
      if (wall) return wall;
      const orders = ordersOf(request);
      return {
        title: 'Your orders',
        main: html`<h1>Your orders</h1>${
          orders.length === 0
            ? html`<p>You have not ordered anything yet.</p>`
            : html`<table><thead><tr><th>Order</th><th>Date</th><th>Contents</th><th>Total</th><th>Status</th></tr></thead><tbody>${orders.map(
                (order) =>
                  html`<tr><td><a href="orders/${order.id}">${order.id}</a></td><td>${order.placed_at.slice(0, 16)}</td><td>${contents(request, order)}</td><td>${euros(order.total_cents)}</td><td>${order.status}</td></tr>`,
              )}</tbody></table>`
        }`,
      };
    },
  }),
  site.page({
    id: 'orders.get',
    path: '/orders/:id',
    summary: 'An order',
    show(request) {
      const wall = loginWall(request);
      if (wall) return wall;
      const order = ordersOf(request).find(({ id }) => id === request.params.id);
      if (!order) return notFound('You have no such order.');
      return {
        title: `Order ${order.id}`,
        main: html`<h1>Thank you, your order ${order.id} is ${order.status}</h1><p>${contents(request, order)}</p>
<p class="price">Total ${euros(order.total_cents)}</p><p>Delivery: ${order.delivery}, to ${order.address_id}</p>
${order.status === 'placed' && html`<form method="post" action="orders/${order.id}/cancel"><button class="danger">Cancel order</button></form>`}
<p><a href="orders">All orders</a></p>`,
      };
    },
  }),
  site.form({
    id: 'orders.cancel',
    path: '/orders/:id/cancel',
    summary: 'Cancels an order',
    submit({ params: { id = '' }, ...context }): Redirect | Screen {
      const order = ordersOf(context).find((candidate) => candidate.id === id);
      if (!order) return notFound('You have no such order.');
      if (order.status !== 'placed')
        return {
          title: 'Order',
          status: 409,
          main: html`<p class="error">The order is ${order.status} already.</p>`,
        };
      context.table('orders').update(id, { status: 'cancelled' });
      return { to: `orders/${id}` };
    },
  }),
];
