import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { schemaProblem } from '../../domain/field-problem.ts';

/** The file in a backup that is written last: without it the backup was not finished. */
export const MANIFEST_FILE = 'backup.json';
/** ClickHouse's own backup of both databases. */
export const CLICKHOUSE_DIRECTORY = 'clickhouse';
export const SEGMENTS_DIRECTORY = 'segments';

/** What a backup holds. */
export const BackupManifest = z.strictObject({
  kind: z.literal('rehearse-backup'),
  format: z.literal(1),
  /** The Rehearse that made it. */
  rehearse: z.string(),
  /** The last migration of its schema. */
  schema: z.int(),
  database: z.string().regex(/^\w+$/),
  madeAt: z.iso.datetime(),
  /** What was acknowledged and may not have been in ClickHouse yet. */
  segments: z.array(
    z.strictObject({ file: z.string().regex(/^[\w.-]+$/), bytes: z.int(), sha256: z.string() }),
  ),
});
export type BackupManifest = z.output<typeof BackupManifest>;

/** @throws AppError BACKUP_UNREADABLE */
export async function readManifest(directory: string): Promise<BackupManifest> {
  const file = join(directory, MANIFEST_FILE);
  const unreadable = (reason: string, cause?: unknown) =>
    new AppError('BACKUP_UNREADABLE', `expected a whole backup in ${directory}: ${reason}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = BackupManifest.safeParse(json);
  if (parsed.success) return parsed.data;
  throw unreadable(`${MANIFEST_FILE}: ${schemaProblem(parsed.error, json)}`);
}
