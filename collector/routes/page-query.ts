import { z } from 'zod';

/** `limit` rows (1 to 500, default 50) after the cursor `before`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  before: z.string().min(1).nullable().default(null),
});
