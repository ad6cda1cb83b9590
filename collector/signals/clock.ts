const minute = 60n * 1_000_000_000n;
const first = BigInt(Date.UTC(2000, 0)) * 1_000_000n;
const last = BigInt(Date.UTC(2100, 0)) * 1_000_000n - minute;
const latest = 2n ** 63n - 1n;

/** Seconds since the epoch of the minute in which a row lies, whatever its emitter's clock said. */
export function bucketOf(nanos: bigint): number {
  const held = nanos < first ? first : nanos > last ? last : nanos;
  return Number((held / minute) * 60n);
}

/** OTLP's times are unsigned; those after the year 2262 have no other place than its end. */
export function storedTime(nanos: bigint): bigint {
  return nanos > latest ? latest : nanos;
}
