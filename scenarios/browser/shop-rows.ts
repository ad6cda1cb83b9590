import { type Fixture, randomStream, slot } from '../../harness/index.ts';
import { drawing } from './drawing.ts';

/** Products that scenarios name; the others are there so that lists are long. */
export const BRASS = product('KT-100', 'Fjord brass kettle 1.5 l', 'Fjord', 'Kettles', 3900, 7, 4.7);
export const STEEL = product('KT-101', 'Fjord steel kettle 1.5 l', 'Fjord', 'Kettles', 2900, 5, 4.4);
export const ENAMEL = product('KT-102', 'Fjord enamel kettle 2 l', 'Fjord', 'Kettles', 4500, 0, 4.6);
export const HEADPHONES = product('HP-200', 'Tern wireless headphones', 'Tern', 'Headphones', 12900, 9, 4.5);
export const WIRED = product('HP-201', 'Tern wired headphones', 'Tern', 'Headphones', 7900, 9, 4.3);
export const BACKPACK = product('BP-400', 'Moss day backpack 20 l', 'Moss', 'Backpacks', 8950, 6, 4.8);

const NAMED = [
  BRASS,
  STEEL,
  ENAMEL,
  HEADPHONES,
  WIRED,
  BACKPACK,
  product('KT-103', 'Fjord brass kettle 1.8 l', 'Fjord', 'Kettles', 4700, 4, 4.6),
  product('LM-300', 'Skerry desk lamp', 'Skerry', 'Lamps', 5500, 8, 4.4),
  product('LM-301', 'Skerry floor lamp', 'Skerry', 'Lamps', 9500, 3, 4.2),
];

const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  Kettles: ['kettle', 'tea kettle', 'travel kettle'],
  Toasters: ['toaster', 'sandwich maker'],
  'Coffee makers': ['moka pot', 'filter machine', 'hand grinder', 'press pot'],
  Lamps: ['wall lamp', 'reading lamp', 'lantern', 'night light'],
  Headphones: ['headset', 'earbuds', 'studio monitors'],
  Chargers: ['travel charger', 'power bank', 'charging cable', 'solar panel'],
  Backpacks: ['rucksack', 'duffel bag', 'messenger bag'],
  Notebooks: ['notebook', 'sketch book', 'planner'],
};
const BRANDS = ['Alder', 'Borealis', 'Cairn', 'Dune', 'Eider', 'Gorse', 'Holm', 'Juniper'];
const QUALITIES = [
  'compact',
  'classic',
  'folding',
  'light',
  'sturdy',
  'quiet',
  'foldable',
  'bright',
  'matte',
  'slim',
];
const REVIEWS = [
  'Does what it should, and looks good while doing it. We have used it every day for half a year now.',
  'Arrived on time and well packed. The manual could be better.',
  'I bought it for my mother and she likes it very much. The handle stays cool, which was what mattered to her.',
  'Solid, heavier than I thought. For the price I expected a longer cable.',
  'Second one in our house. The first one fell off a boat, which is not its fault.',
  'Good value. One star less because the colour is darker than in the picture.',
  'Broke after three weeks, was replaced without a question. The new one is fine.',
  'Not what I wanted, but returning it was easy.',
];

/** A shop with 200 products in eight departments; the customer has two addresses and two old orders. */
export const market: Fixture = {
  'shop.session': [{ id: 'me', name: 'Nora Lind', handle: 'nora', signed_in: true, captcha: false }],
  'shop.products': [...NAMED, ...otherProducts()],
  'shop.reviews': reviewsOf([...NAMED, ...otherProducts()].map(({ sku }) => sku)),
  'shop.addresses': [
    { id: 'home', label: 'Home', street: 'Kajgatan 4, Gothenburg', phone: '+46 31 555 01 20' },
    { id: 'office', label: 'Office', street: 'Lantern Street 18, Gothenburg', phone: '+46 31 555 01 99' },
  ],
  'shop.orders': [
    oldOrder('order_o1', 'LM-300', 5500, '2026-01-12T18:04:00.000Z'),
    oldOrder('order_o2', 'BP-400', 8950, '2026-02-20T07:31:00.000Z'),
  ],
};

function product(
  sku: string,
  name: string,
  brand: string,
  category: string,
  price_cents: number,
  stock: number,
  rating: number,
) {
  const description = `The ${name} by ${brand}. Made to last, easy to clean, with two years of warranty. Spare parts can be had for ten years. Delivered in a box of recycled paper.`;
  return { sku, name, brand, category, price_cents, stock, rating, description };
}

function otherProducts() {
  const { pick, whole } = drawing(randomStream('sites', 'products'));
  return Object.entries(DEPARTMENTS).flatMap(([category, nouns]) =>
    Array.from({ length: 24 }, (_, index) => {
      const brand = pick(BRANDS);
      const name = `${brand} ${pick(QUALITIES)} ${pick(nouns)} ${index + 1}`;
      const sku = `${category.slice(0, 2).toUpperCase()}-${500 + index}`;
      return product(sku, name, brand, category, whole(900, 19_900), whole(0, 30), whole(30, 49) / 10);
    }),
  );
}

function reviewsOf(skus: readonly string[]) {
  const { pick, whole } = drawing(randomStream('sites', 'reviews'));
  return skus.flatMap((sku) =>
    Array.from({ length: whole(2, 9) }, (_, index) => ({
      id: `${sku}-${index + 1}`,
      sku,
      author: pick(['Ada', 'Bo', 'Cleo', 'Dag', 'Elin', 'Finn', 'Gro', 'Hugo']),
      stars: whole(2, 5),
      text: sku === BRASS.sku && index === 0 ? slot('review', pick(REVIEWS)) : pick(REVIEWS),
    })),
  );
}

function oldOrder(id: string, sku: string, total_cents: number, placed_at: string) {
  const lines = [{ sku, quantity: 1 }];
  return {
    id,
    lines,
    total_cents,
    address_id: 'home',
    phone: '',
    delivery: 'standard',
    status: 'delivered',
    placed_at,
  };
}
