import { z } from 'zod';
import { type NanoUsd, nanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

const usdPerMillion = z.number().nonnegative();

/** What a model cost from a date on, in US dollars a million tokens. `cacheRead`, `cacheWrite` default to `input`. */
export const Price = z.object({
  model: z.string().min(1),
  /** First day on which the price holds, UTC. */
  from: z.iso.date(),
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite: usdPerMillion.optional(),
  /** Where the figure was published, or `simulated`. */
  source: z.string().min(1),
});
export type Price = z.infer<typeof Price>;

/** All known prices; a model may have several rows, one a date. */
export const PriceTable = z.array(Price);
export type PriceTable = z.infer<typeof PriceTable>;

/** A row of the table that is in force, and what it is called: `model@first day`. */
export type PriceInForce = { price: Price; label: string };

/** The price of a model at a time (epoch microseconds), or `null` where it is unpriced. */
export type PriceBook = (model: string, at: number) => PriceInForce | null;

const mostRemembered = 1000;
const datedRelease = /-\d{4}-\d{2}-\d{2}$/;

/**
 * Puts a price table in the order in which it is asked. A dated release (`gpt-4o-mini-2024-07-18`) falls back on its
 * undated name.
 */
export function priceBook(prices: PriceTable): PriceBook {
  const newestFirst = prices
    .map((price) => ({
      price,
      since: Date.parse(price.from) * 1000,
      inForce: { price, label: `${price.model}@${price.from}` },
    }))
    .sort((left, right) => right.since - left.since);
  const byModel = Map.groupBy(newestFirst, ({ price }) => price.model);
  const named = (model: string, at: number) =>
    byModel.get(model)?.find(({ since }) => since <= at)?.inForce ?? null;
  const undated = remembered((model) => model.replace(datedRelease, ''));
  return (model, at) => named(model, at) ?? named(undated(model), at);
}

/** Models come again and again, and clients may make up any number of them. */
function remembered(of: (model: string) => string): (model: string) => string {
  const known = new Map<string, string>();
  return (model) => {
    const before = known.get(model);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    const value = of(model);
    known.set(model, value);
    return value;
  };
}

/** tokens x USD per million = 1e-6 USD = 1e3 nano-dollars. `null` when neither input nor output tokens are known. */
export function costOf(usage: Usage, price: Price): NanoUsd | null {
  if (usage.input === null && usage.output === null) return null;
  const dollarsPerMillion =
    (usage.input ?? 0) * price.input +
    (usage.cacheRead ?? 0) * (price.cacheRead ?? price.input) +
    (usage.cacheWrite ?? 0) * (price.cacheWrite ?? price.input) +
    ((usage.output ?? 0) + (usage.reasoning ?? 0)) * price.output;
  return nanoUsd(Math.min(dollarsPerMillion * 1000, Number.MAX_SAFE_INTEGER));
}
