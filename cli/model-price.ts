import { DEFAULT_PRICES, loadPrices } from '../collector/ingest/load-prices.ts';
import { costOf } from '../domain/price.ts';
import { priceBook } from '../domain/price-book.ts';
import type { PriceOf } from '../harness/index.ts';

/** The prices of today by the list that comes with Rehearse: of the model that answered, else of the one that was asked. */
export function pricesToday(): PriceOf {
  const book = priceBook(loadPrices(DEFAULT_PRICES));
  const now = Date.now() * 1000;
  const priceOf = (model: string | null) => (model === null ? null : book(model, now));
  return (usage, { requested, responded }) => {
    const inForce = priceOf(responded) ?? priceOf(requested);
    // Only what generates counts its output.
    return inForce && costOf(usage, inForce.price, { generates: usage.output !== null });
  };
}

/** Whether a price of today is known. */
export function isPriced(model: string): boolean {
  return priceBook(loadPrices(DEFAULT_PRICES))(model, Date.now() * 1000) !== null;
}
