import { z } from 'zod';

/** A proportion with its Wilson interval. `n` = 0: rate and bounds say nothing (0, 0, 1). */
export const Rate = z.object({
  successes: z.int().nonnegative(),
  n: z.int().nonnegative(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Rate = z.infer<typeof Rate>;
