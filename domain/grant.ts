import { z } from 'zod';
import { ColumnPattern, TablePattern } from './table-pattern.ts';

/** What one principal may do. What is not named it may not. */
export const Grant = z.strictObject({
  read: z.array(TablePattern),
  /** Inserts and deletes need the whole table; an update of a column needs that column or its table. */
  write: z.array(ColumnPattern),
});
export type Grant = z.infer<typeof Grant>;

/** Who may read and write what. A caller is known by its bearer token; one without a token is `agent`. */
export const Grants = z.strictObject({
  /** The world answers 403 to what is outside. Otherwise it lets it happen, and the trial fails. */
  enforced: z.boolean().default(false),
  principals: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), Grant),
});
export type Grants = z.infer<typeof Grants>;
