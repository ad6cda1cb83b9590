import { z } from 'zod';

/** Pages whose filters can be saved. */
export const VIEW_PAGES = ['traces', 'metrics'] as const;

export const ViewName = z.string().trim().min(1).max(80);

/** Filters of a page under a name. `search` is the query of its address: `status=error&agent=alice`. */
export const SavedView = z.object({
  page: z.enum(VIEW_PAGES),
  name: ViewName,
  search: z.string().max(4000),
});
export type SavedView = z.infer<typeof SavedView>;
