import { DEFAULT_PRICES, loadPrices } from '../collector/ingest/load-prices.ts';
import { costOf } from '../domain/price.ts';
import { priceBook } from '../domain/price-book.ts';
import type { NanoUsd } from '../domain/units.ts';
import type { Usage } from '../domain/usage.ts';

/** What a usage costs; `null` where the price has no row for a bucket of it. */
export type PriceOf = (usage: Usage) => NanoUsd | null;

/** The price of a model today by the list that comes with Rehearse, `null` when it is not on it. */
export function modelPrice(model: string): PriceOf | null {
  const inForce = priceBook(loadPrices(DEFAULT_PRICES))(model, Date.now() * 1000);
  return inForce && ((usage) => costOf(usage, inForce.price, { generates: true }));
}
