import { costOf, type PriceTable, priceOf } from '../../domain/price.ts';
import type { NanoUsd } from '../../domain/units.ts';
import type { Canonical } from '../dialects/dialect.ts';
import { mapSpan } from '../dialects/map-span.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type Rehearsal, rehearsalOf } from './rehearsal.ts';

/** A span with all that is known of it on arrival: what a sink stores. */
export type SpanRecord = {
  span: OtlpSpan;
  canonical: Canonical;
  cost: NanoUsd | null;
  rehearsal: Rehearsal;
};

export function recordSpan(span: OtlpSpan, prices: PriceTable): SpanRecord {
  const canonical = mapSpan(span);
  return { span, canonical, cost: priceSpan(span, canonical, prices), rehearsal: rehearsalOf(span) };
}

/** Calls of a model cost; a wrapper that repeats the usage of its calls does not. */
function priceSpan(span: OtlpSpan, canonical: Canonical, prices: PriceTable): NanoUsd | null {
  const { kind, operation, usage } = canonical;
  if (usage === null || (kind !== 'llm' && operation !== 'embeddings')) return null;
  const at = Number(span.startTimeUnixNano / 1000n);
  for (const model of [canonical.modelResponded, canonical.modelRequested]) {
    const price = model === null ? null : priceOf(prices, model, at);
    if (price) return costOf(usage, price);
  }
  return null;
}
