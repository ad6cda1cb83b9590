import { costOf, type PriceTable, priceOf } from '../../domain/price.ts';
import type { NanoUsd } from '../../domain/units.ts';
import type { Canonical, ResourceFacts } from '../dialects/canonical.ts';
import { mapSpan, resourceOf } from '../dialects/map-span.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';

/** A span with all that is known of it on arrival: what a sink stores. */
export type SpanRecord = {
  span: OtlpSpan;
  canonical: Canonical;
  resource: ResourceFacts;
  cost: NanoUsd | null;
};

export function recordSpan(span: OtlpSpan, prices: PriceTable): SpanRecord {
  const resource = resourceOf(span);
  const canonical = mapSpan(span, resource);
  return { span, canonical, resource, cost: priceSpan(span, canonical, prices) };
}

/** Calls of a model cost; a wrapper that repeats the usage of its calls does not. */
function priceSpan(span: OtlpSpan, canonical: Canonical, prices: PriceTable): NanoUsd | null {
  const { call, usage } = canonical;
  if (usage === null || call !== 'call') return null;
  const at = Number(span.startTimeUnixNano / 1000n);
  for (const model of [canonical.modelResponded, canonical.modelRequested]) {
    const price = model === null ? null : priceOf(prices, model, at);
    if (price) return costOf(usage, price);
  }
  return null;
}
