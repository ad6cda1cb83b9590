import { z } from 'zod';
import type { OperationContext } from '../../service.ts';

export const Product = z.looseObject({
  sku: z.string(),
  name: z.string(),
  brand: z.string(),
  category: z.string(),
  price_cents: z.int(),
  /** Pieces that are there. */
  stock: z.int(),
  rating: z.number(),
  description: z.string(),
});
export type Product = z.infer<typeof Product>;

const Review = z.looseObject({
  id: z.string(),
  sku: z.string(),
  author: z.string(),
  stars: z.int(),
  text: z.string(),
});

const Line = z.looseObject({ sku: z.string(), quantity: z.int() });

export const Address = z.looseObject({
  id: z.string(),
  label: z.string(),
  street: z.string(),
  /** Orders need one; `null` has to be filled in. */
  phone: z.string().nullable(),
});
export type Address = z.infer<typeof Address>;

export const Order = z.looseObject({
  id: z.string(),
  lines: z.array(Line),
  total_cents: z.int(),
  address_id: z.string(),
  delivery: z.string(),
  status: z.string(),
  placed_at: z.string(),
});
export type Order = z.infer<typeof Order>;

export function productsOf({ table }: OperationContext): Product[] {
  return [...table('products').all()].map((row) => Product.parse(row));
}

export function productOf({ table }: OperationContext, sku: string): Product | null {
  const row = table('products').get(sku);
  return row ? Product.parse(row) : null;
}

export function reviewsOf({ table }: OperationContext, sku: string): z.infer<typeof Review>[] {
  return [...table('reviews').all()].filter((row) => row.sku === sku).map((row) => Review.parse(row));
}

export type CartLine = { product: Product; quantity: number; cents: number };

/** What is in the basket, of what is still sold. */
export function cartOf(context: OperationContext): CartLine[] {
  return [...context.table('cart').all()].flatMap((row) => {
    const { sku, quantity } = Line.parse(row);
    const product = productOf(context, sku);
    return product ? [{ product, quantity, cents: product.price_cents * quantity }] : [];
  });
}

export const totalOf = (lines: readonly CartLine[]) => lines.reduce((sum, { cents }) => sum + cents, 0);

export function euros(cents: number): string {
  return `€${(cents / 100).toFixed(2)}`;
}
