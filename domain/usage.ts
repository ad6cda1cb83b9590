import { z } from 'zod';

const count = z.int().nonnegative().nullable();

/**
 * Tokens of one model call in *exclusive* buckets: no token is in two of them, so their sum is the provider's total.
 * `null` means that the emitter did not say; zero is a real zero.
 */
export const Usage = z.object({
  input: count,
  cacheRead: count,
  cacheWrite: count,
  output: count,
  reasoning: count,
});
export type Usage = z.infer<typeof Usage>;
