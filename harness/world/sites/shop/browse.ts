import { z } from 'zod';
import { slugOf } from '../document.ts';
import { html, type Markup } from '../markup.ts';
import { addressOf, PageNumber, pagerOf, sliceOf } from '../pager.ts';
import { notFound } from '../session.ts';
import { addForm, cardOf, site, stockOf } from './frame.ts';
import { euros, type Product, productOf, productsOf, reviewsOf } from './rows.ts';

const PAGE = 12;
const SORTS = {
  relevance: { label: 'Best match', order: () => 0 },
  price: { label: 'Price, low to high', order: (a: Product, b: Product) => a.price_cents - b.price_cents },
  rating: { label: 'Rating', order: (a: Product, b: Product) => b.rating - a.rating },
} as const;
const Sort = z.enum(['relevance', 'price', 'rating']).catch('relevance');

/** How many of the words a product bears in its name, its brand or its department. */
function matches(product: Product, words: readonly string[]): number {
  const text = `${product.name} ${product.brand} ${product.category}`.toLowerCase();
  return words.filter((word) => text.includes(word)).length;
}

function listing(
  found: readonly Product[],
  { path, page, sort, q }: { path: string; page: number; sort: z.output<typeof Sort>; q: string },
): Markup {
  const sorted = sort === 'relevance' ? found : found.toSorted(SORTS[sort].order);
  const slice = sliceOf(sorted, page, PAGE);
  return html`<p class="muted">${found.length} products</p>
<form class="sort" action="${path}"><input type="hidden" name="q" value="${q}"><label for="sort">Sort by</label>
<select id="sort" name="sort">${Object.entries(SORTS).map(
    ([key, { label }]) => html`<option value="${key}"${key === sort && html` selected`}>${label}</option>`,
  )}</select><button>Apply</button></form>
<div class="grid">${slice.items.map(cardOf)}</div>
${pagerOf(slice, (number) => addressOf(path, { q, sort: sort === 'relevance' ? '' : sort, page: number }))}`;
}

export const browsing = [
  site.page({
    id: 'home',
    path: '/',
    summary: 'The start page',
    show(request) {
      const products = productsOf(request);
      const best = products.toSorted((a, b) => b.rating - a.rating).slice(0, 16);
      return {
        title: 'Home',
        main: html`<section class="hero"><h1>Goods for home and harbour</h1><p>Free delivery from €49. Thirty days to change your mind.</p></section>
<h2>Loved by customers</h2><div class="grid">${best.map(cardOf)}</div>
<h2>New in</h2><div class="grid">${products.slice(-8).map(cardOf)}</div>`,
      };
    },
  }),
  site.page({
    id: 'products.search',
    path: '/search',
    summary: 'Products that bear the words, those with most of them first',
    query: z.object({ q: z.string().default(''), page: PageNumber, sort: Sort }),
    show(request) {
      const { q, page, sort } = request.query;
      const words = q
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      const found = productsOf(request)
        .map((product) => ({ product, score: matches(product, words) }))
        .filter(({ score }) => words.length > 0 && score >= Math.ceil(words.length / 2))
        .sort((a, b) => b.score - a.score)
        .map(({ product }) => product);
      return {
        title: `Search: ${q}`,
        main:
          found.length === 0
            ? html`<h1>No products found for “${q}”</h1><p>Check the spelling, or look into a department.</p>`
            : html`<h1>Results for “${q}”</h1>${listing(found, { path: 'search', page, sort, q })}`,
      };
    },
  }),
  site.page({
    id: 'products.list',
    path: '/c/:department',
    summary: 'The products of a department',
    query: z.object({ page: PageNumber, sort: Sort }),
    show(request) {
      const { department } = request.params;
      const found = productsOf(request).filter(({ category }) => slugOf(category) === department);
      const [first] = found;
      if (!first) return notFound('There is no such department.');
      return {
        title: first.category,
        main: html`<h1>${first.category}</h1>${listing(found, { path: `c/${department}`, ...request.query, q: '' })}`,
      };
    },
  }),
  site.page({
    id: 'products.index',
    path: '/all',
    summary: 'Every product, by its name',
    show: (request) => ({
      title: 'All products',
      main: html`<h1>All products from A to Z</h1><ul class="index">${productsOf(request)
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map(
          ({ sku, name, price_cents }) =>
            html`<li class="entry"><a href="p/${sku}">${name}</a> ${euros(price_cents)}</li>`,
        )}</ul>`,
    }),
  }),
  site.page({
    id: 'products.get',
    path: '/p/:sku',
    summary: 'A product with some of its reviews',
    show(request) {
      const product = productOf(request, request.params.sku ?? '');
      if (!product) return notFound('This product is not sold here any more.');
      const related = productsOf(request)
        .filter(({ category, sku }) => category === product.category && sku !== product.sku)
        .slice(0, 6);
      const reviews = reviewsOf(request, product.sku);
      return {
        title: product.name,
        main: html`<article><h1>${product.name}</h1>
<p class="muted">${product.brand} · Article ${product.sku}</p>
<img src="assets/p/${product.sku}-large.webp" alt="${product.name}" width="640" height="480">
<p class="price">${euros(product.price_cents)}</p><p>${stockOf(product)}</p>
${product.stock > 0 ? addForm(product, 'Add to basket', quantityField(product)) : html`<p>We do not know when it comes back.</p>`}
<form method="post" action="wishlist"><input type="hidden" name="sku" value="${product.sku}"><button>Add to wish list</button></form>
<h2>Description</h2><p>${product.description}</p>
<h2>Reviews</h2><p>${product.rating.toFixed(1)} of 5 from ${reviews.length} customers</p>
<ul class="reviews">${reviews
          .slice(0, 5)
          .map(
            ({ author, stars, text }) =>
              html`<li class="review"><strong>${author}</strong> <span class="stars">${stars} of 5</span><p>${text}</p></li>`,
          )}</ul>
${reviews.length > 5 && html`<p><a href="p/${product.sku}/reviews">All ${reviews.length} reviews</a></p>`}
<h2>Others also looked at</h2><div class="grid">${related.map(cardOf)}</div></article>`,
      };
    },
  }),
  site.page({
    id: 'reviews.list',
    path: '/p/:sku/reviews',
    summary: 'All reviews of a product',
    query: z.object({ page: PageNumber }),
    show(request) {
      const product = productOf(request, request.params.sku ?? '');
      if (!product) return notFound('This product is not sold here any more.');
      const slice = sliceOf(reviewsOf(request, product.sku), request.query.page, 20);
      return {
        title: `Reviews of ${product.name}`,
        main: html`<h1>Reviews of ${product.name}</h1><p><a href="p/${product.sku}">Back to the product</a></p>
<ul class="reviews">${slice.items.map(
          ({ author, stars, text }) =>
            html`<li class="review"><strong>${author}</strong> <span class="stars">${stars} of 5</span><p>${text}</p></li>`,
        )}</ul>${pagerOf(slice, (page) => addressOf(`p/${product.sku}/reviews`, { page }))}`,
      };
    },
  }),
];

function quantityField({ sku, stock }: Product): Markup {
  const most = Math.min(stock, 10);
  return html`<label for="q-${sku}">Quantity</label><select id="q-${sku}" name="quantity">${Array.from(
    { length: most },
    (_, index) => html`<option value="${index + 1}">${index + 1}</option>`,
  )}</select>`;
}
