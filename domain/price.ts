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

/**
 * The price of `model` on the day of `at` (epoch microseconds), or `null` when it is unpriced. A dated release
 * (`gpt-4o-mini-2024-07-18`) falls back on its undated name.
 */
export function priceOf(prices: PriceTable, model: string, at: number): Price | null {
  const day = new Date(at / 1000).toISOString().slice(0, 10);
  const undated = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  for (const name of model === undated ? [model] : [model, undated]) {
    const latest = prices
      .filter((price) => price.model === name && price.from <= day)
      .sort((a, b) => b.from.localeCompare(a.from))[0];
    if (latest) return latest;
  }
  return null;
}

/** tokens x USD per million = 1e-6 USD = 1e3 nano-dollars. `null` when neither input nor output tokens are known. */
export function costOf(usage: Usage, price: Price): NanoUsd | null {
  if (usage.input === null && usage.output === null) return null;
  const dollarsPerMillion =
    (usage.input ?? 0) * price.input +
    (usage.cacheRead ?? 0) * (price.cacheRead ?? price.input) +
    (usage.cacheWrite ?? 0) * (price.cacheWrite ?? price.input) +
    ((usage.output ?? 0) + (usage.reasoning ?? 0)) * price.output;
  return nanoUsd(dollarsPerMillion * 1000);
}
