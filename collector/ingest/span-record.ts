import { type PricedSpan, priceCall } from '../../domain/price-call.ts';
import type { PriceLookup } from '../../domain/price-lookup.ts';
import type { Canonical, ResourceFacts } from '../dialects/canonical.ts';
import { mapSpan, resourceOf } from '../dialects/map-span.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';

/** A span with all that is known of it on arrival: what a sink stores. */
export type SpanRecord = {
  span: OtlpSpan;
  canonical: Canonical;
  resource: ResourceFacts;
  priced: PricedSpan;
};

export function recordSpan(span: OtlpSpan, prices: PriceLookup): SpanRecord {
  const resource = resourceOf(span);
  const canonical = mapSpan(span, resource);
  const start = Number(span.startTimeUnixNano / 1000n);
  return { span, canonical, resource, priced: priceCall({ ...canonical, start }, prices) };
}
