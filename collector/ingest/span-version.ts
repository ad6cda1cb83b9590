import type { OtlpSpan } from '../otlp/trace-request.ts';

const microsecondsFit = 12n;
const mostDetails = 4095;

/**
 * Of several deliveries of one span the highest version stays: the one that ended last, then the one that says most.
 * It depends on the span alone, so that order and number of deliveries do not matter.
 */
export function versionOf(span: OtlpSpan): bigint {
  const details = span.attributes.length + span.events.length + span.links.length;
  return ((span.endTimeUnixNano / 1000n) << microsecondsFit) + BigInt(Math.min(details, mostDetails));
}
