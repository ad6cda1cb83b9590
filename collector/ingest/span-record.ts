import { type PricedSpan, priceCall } from '../../domain/price-call.ts';
import type { PriceLookup } from '../../domain/price-lookup.ts';
import type { Canonical } from '../dialects/dialect.ts';
import { mapSpan } from '../dialects/map-span.ts';
import type { OtlpSpan } from '../otlp/trace-request.ts';
import { type Rehearsal, rehearsalOf } from './rehearsal.ts';

/** A span with all that is known of it on arrival: what a sink stores. */
export type SpanRecord = {
  span: OtlpSpan;
  canonical: Canonical;
  priced: PricedSpan;
  rehearsal: Rehearsal;
};

export function recordSpan(span: OtlpSpan, prices: PriceLookup): SpanRecord {
  const canonical = mapSpan(span);
  return { span, canonical, priced: priceSpan(span, canonical, prices), rehearsal: rehearsalOf(span) };
}

function priceSpan(span: OtlpSpan, canonical: Canonical, prices: PriceLookup): PricedSpan {
  const { kind, operation } = canonical;
  const call = kind === 'llm' || operation === 'embeddings' ? 'call' : 'none';
  return priceCall({ ...canonical, call, start: Number(span.startTimeUnixNano / 1000n) }, prices);
}
