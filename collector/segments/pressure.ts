const slowFrom = 0.5;
const longestMillis = 1000;

/**
 * Milliseconds to let a writer wait: nothing up to half of the budget, then more and more, up to a second. Exporters
 * over gRPC do not retry, so that slowing them down comes before refusing them.
 */
export function slowDownMillis(usedBytes: number, maxBytes: number): number {
  const over = (usedBytes / maxBytes - slowFrom) / (1 - slowFrom);
  return Math.round(longestMillis * Math.min(1, Math.max(0, over)));
}
