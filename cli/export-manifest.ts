import { z } from 'zod';
import { TRANSFER_FORMATS } from '../collector/transfer/transfer.ts';

/** The file of an export that is written last. */
export const EXPORT_MANIFEST = 'export.json';

/** What an export holds: a file for each table. Times in seconds since the epoch. */
export const ExportManifest = z.strictObject({
  kind: z.literal('rehearse-export'),
  version: z.literal(1),
  rehearse: z.string(),
  /** The last migration of the schema. */
  schema: z.int(),
  project: z.string(),
  from: z.int(),
  to: z.int(),
  format: z.enum(TRANSFER_FORMATS),
  tables: z.array(
    z.strictObject({
      table: z.string().regex(/^\w+$/),
      file: z.string().regex(/^[\w.]+$/),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
});
export type ExportManifest = z.output<typeof ExportManifest>;
