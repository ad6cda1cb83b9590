import { costOf } from './price.ts';
import type { PriceBook } from './price-book.ts';
import type { SpanKind } from './span-kind.ts';
import type { NanoUsd } from './units.ts';
import type { Usage } from './usage.ts';

/** What a span's price depends on. */
export type PriceableSpan = {
  /** Only a call costs: a wrapper that repeats the usage of its calls does not. */
  call: 'none' | 'call' | 'aggregate';
  /** A call of another kind than `llm` is an embedding or a ranking: it generates nothing. */
  kind: SpanKind;
  modelResponded: string | null;
  modelRequested: string | null;
  usage: Usage | null;
};

/** `cost` is `null` for what is no call and for an unpriced one; `price` names the row of the list, '' without a cost. */
export type PricedSpan = { cost: NanoUsd | null; price: string };

const UNPRICED: PricedSpan = { cost: null, price: '' };

/**
 * Prices a call of a model by the model that answered, else by the one that was asked.
 *
 * @param start of the span, in epoch microseconds
 */
export function priceCall(span: PriceableSpan, start: number, prices: PriceBook): PricedSpan {
  if (span.call !== 'call' || span.usage === null) return UNPRICED;
  const found =
    (span.modelResponded && prices(span.modelResponded, start)) ||
    (span.modelRequested && prices(span.modelRequested, start)) ||
    null;
  if (found === null) return UNPRICED;
  const cost = costOf(span.usage, found.price, { generates: span.kind === 'llm' });
  return cost === null ? UNPRICED : { cost, price: found.label };
}
