import type { Usage } from './usage.ts';

/** All tokens of a usage: the buckets overlap nowhere, so it is their sum. `null` when none is known. */
export function tokensOf(usage: Usage): number | null {
  const known = Object.values(usage).filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}
