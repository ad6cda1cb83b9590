import { z } from 'zod';

/** `service.table`, or `service.*` for every table of the service. */
export const TablePattern = z
  .string()
  .regex(/^[\w-]+\.(\*|[\w-]+)$/, 'expected "service.table" or "service.*"');
export type TablePattern = z.infer<typeof TablePattern>;

/** A table, or one column of it: `crm.contacts.status`. */
export const ColumnPattern = z
  .string()
  .regex(
    /^[\w-]+\.(\*|[\w-]+(\.[\w-]+)?)$/,
    'expected "service.table", "service.table.column" or "service.*"',
  );
export type ColumnPattern = z.infer<typeof ColumnPattern>;
