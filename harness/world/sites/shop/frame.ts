import type { OperationContext } from '../../service.ts';
import { CART_ICON, icon, linkColumns, STAR_ICON, slugOf, USER_ICON } from '../document.ts';
import { html, type Markup } from '../markup.ts';
import { captchaWall, sessionOf } from '../session.ts';
import { siteOf } from '../site.ts';
import { cartOf, euros, type Product, productsOf } from './rows.ts';

/** The pages of the shop share a header with its departments, a search box and the basket, and a long footer. */
export const site = siteOf({
  wall: captchaWall,
  frame: (context) => ({
    name: 'Harbour Goods',
    accent: '#0f766e',
    header: headerOf(context),
    footer: html`<footer>${linkColumns(FOOTER)}
<form class="newsletter" method="post" action="newsletter"><label for="nl">Letters with offers, twice a week</label>
<input id="nl" name="email" type="email" placeholder="you@example.com"><button>Subscribe</button></form>
<p class="muted">© Harbour Goods. Prices include VAT. Pictures may differ from what you get.</p></footer>`,
  }),
});

function headerOf(context: OperationContext): Markup {
  const departments = [...new Set(productsOf(context).map(({ category }) => category))];
  const pieces = cartOf(context).reduce((sum, { quantity }) => sum + quantity, 0);
  const { name, signed_in } = sessionOf(context);
  return html`<header><div class="bar">
<a class="brand" href="./">${icon('M2 12h12L8 3z')} Harbour Goods</a>
<form class="search" role="search" action="search"><input name="q" type="search" placeholder="Search all products" aria-label="Search"><button aria-label="Search">Search</button></form>
<a href="orders">${icon(USER_ICON)} ${signed_in ? `Orders of ${name}` : 'Sign in'}</a>
<a href="cart">${icon(CART_ICON)} Basket (${pieces})</a>
</div><nav class="wrap" aria-label="Departments"><ul>${departments.map(
    (department) => html`<li><a href="c/${slugOf(department)}">${department}</a></li>`,
  )}<li><a href="all">All products</a></li><li><a href="help/gift-cards">Gift cards</a></li><li><a href="help/clearance">Clearance</a></li></ul></nav></header>`;
}

/** A product as lists show it. */
export function cardOf(product: Product): Markup {
  const { sku, name, brand, price_cents, rating } = product;
  return html`<article class="card" data-sku="${sku}">
<a href="p/${sku}"><img src="assets/p/${sku}.webp" alt="" width="240" height="180" loading="lazy"></a>
<h3><a href="p/${sku}">${name}</a></h3>
<p class="muted">${brand}</p>
<p>${icon(STAR_ICON)} <span class="stars">${rating.toFixed(1)}</span></p>
<p class="price">${euros(price_cents)}</p>
<p class="muted">${stockOf(product)}</p>
${product.stock > 0 && addForm(product, 'Add to basket')}
</article>`;
}

export function addForm({ sku, name }: Product, label: string, quantities: Markup | null = null): Markup {
  return html`<form method="post" action="cart/items"><input type="hidden" name="sku" value="${sku}">${
    quantities ?? html`<input type="hidden" name="quantity" value="1">`
  }<button class="primary" title="${label}: ${name}">${label}</button></form>`;
}

export function stockOf({ stock }: Product): string {
  if (stock === 0) return 'Out of stock';
  return stock < 5 ? `Only ${stock} left` : 'In stock';
}

const FOOTER = {
  'Customer service': [
    'Contact us',
    'Delivery',
    'Returns',
    'Warranty',
    'Track a parcel',
    'Size guide',
    'Recalls',
  ],
  'About us': ['Our story', 'Shops near you', 'Careers', 'Press', 'Suppliers', 'Sustainability'],
  Legal: ['Terms of sale', 'Privacy', 'Cookies', 'Imprint', 'Accessibility', 'Dispute resolution'],
  More: ['Gift cards', 'Student discount', 'Business accounts', 'Affiliates', 'App', 'Magazine'],
};
