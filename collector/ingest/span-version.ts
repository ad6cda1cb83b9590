const detailBits = 12;
const mostDetails = 2 ** detailBits - 1;
const mostMicros = 2 ** (64 - detailBits) - 1;
const lowBits = 32 - detailBits;

/**
 * Of several deliveries of one span the highest version stays: the one that ended last, then the one that says most
 * (attributes, events and links). It depends on the span alone, so that order and number of deliveries do not matter.
 * 52 bits of microseconds, which last until 2112, and 12 bits of details; this is the upper half of the 64.
 */
export function versionHigh(endMicros: number): number {
  return Math.floor(Math.min(endMicros, mostMicros) / 2 ** lowBits);
}

/** The lower half of the version. */
export function versionLow(endMicros: number, details: number): number {
  const micros = Math.min(endMicros, mostMicros) % 2 ** lowBits;
  return micros * 2 ** detailBits + Math.min(details, mostDetails);
}
