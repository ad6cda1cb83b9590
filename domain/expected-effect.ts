import { z } from 'zod';
import { Matcher } from './matcher.ts';
import { TablePattern } from './table-pattern.ts';

const Columns = z.record(z.string(), Matcher);

/** A write that has to happen. `key` and `columns` bind what they name; for an update, columns not named must not change. */
export const ExpectedEffect = z
  .strictObject({
    operation: z.enum(['insert', 'update', 'delete']),
    table: TablePattern,
    key: Matcher.optional(),
    columns: Columns,
  })
  .meta({ id: 'ExpectedEffect' });
export type ExpectedEffect = z.infer<typeof ExpectedEffect>;

/** Writes that must not happen; one is a failure whatever else was done. */
export const ForbiddenEffect = z
  .strictObject({
    operation: z.enum(['insert', 'update', 'delete', 'any']),
    table: TablePattern,
    columns: Columns,
    /** Shown when it is hit: why this must not happen. */
    reason: z.string(),
  })
  .meta({ id: 'ForbiddenEffect' });
export type ForbiddenEffect = z.infer<typeof ForbiddenEffect>;
