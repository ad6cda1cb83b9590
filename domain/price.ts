import { z } from 'zod';
import { type NanoUsd, nanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

const usdPerMillion = z.number().nonnegative();

/** US dollars a million tokens. `cacheRead`, `cacheWrite` default to `input`: no discount, no surcharge. */
const Rates = z.object({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite: usdPerMillion.optional(),
});

/** What a model cost from a date on. */
export const Price = Rates.extend({
  model: z.string().min(1),
  /** First day on which the price holds, UTC. */
  from: z.iso.date(),
  /** The rates of all tokens of a call whose prompt, cached parts included, has more than `tokens`. */
  longPrompt: Rates.extend({ tokens: z.int().positive() }).optional(),
  /** Where the figure was published, or `simulated`. */
  source: z.string().min(1),
});
export type Price = z.infer<typeof Price>;

/** All known prices; a model may have several rows, one a date. */
export const PriceTable = z.array(Price);
export type PriceTable = z.infer<typeof PriceTable>;

/**
 * tokens x USD per million = 1e-6 USD = 1e3 nano-dollars. `null`, unpriced, when a bucket that costs is unknown: the
 * prompt, or what was generated, where the call `generates` (an embedding does not) and output has a price. Unknown
 * parts of a known whole (cache, reasoning) are in the whole.
 */
export function costOf(usage: Usage, price: Price, { generates }: { generates: boolean }): NanoUsd | null {
  const { input, cacheRead, cacheWrite, output, reasoning } = usage;
  if (input === null) return null;
  const prompt = input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const rates = price.longPrompt && prompt > price.longPrompt.tokens ? price.longPrompt : price;
  if (output === null && generates && rates.output > 0) return null;
  const dollarsPerMillion =
    input * rates.input +
    (cacheRead ?? 0) * (rates.cacheRead ?? rates.input) +
    (cacheWrite ?? 0) * (rates.cacheWrite ?? rates.input) +
    ((output ?? 0) + (reasoning ?? 0)) * rates.output;
  const cost = nanoUsd(dollarsPerMillion * 1000);
  return Number.isSafeInteger(cost) ? cost : null;
}
