import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';

const columns = z.object({ status: z.string(), reason: z.string(), size: z.int() });
const progress: Query<{ id: string }, typeof columns, z.output<typeof columns>> = {
  sql: 'SELECT status, error AS reason, total_size AS size FROM system.backups WHERE id = {id:String}',
  columns,
  toValue: (row) => row,
};
const pauseMillis = 50;

/**
 * Gives ClickHouse a BACKUP or RESTORE to do and waits for its end: it may take longer than a request.
 *
 * @param statement without SETTINGS @param settings of it, as ClickHouse writes them
 * @returns bytes of the backup.
 * @throws AppError BACKUP_FAILED in ClickHouse's words
 */
export async function runBackupStatement(
  store: Pick<Store, 'command' | 'rows'>,
  statement: string,
  settings: readonly string[] = [],
): Promise<number> {
  const id = randomUUID();
  try {
    await store.command(`${statement} SETTINGS ${[...settings, `id = '${id}'`].join(', ')} ASYNC`);
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
  for (;;) {
    const [found] = await store.rows(progress, { id });
    if (found === undefined || /FAILED|CANCELLED/.test(found.status)) {
      throw failed(found?.reason ?? 'ClickHouse knows nothing of it any more');
    }
    if (/^(BACKUP_CREATED|RESTORED)$/.test(found.status)) return found.size;
    await sleep(pauseMillis);
  }
}

/** Where a backup lies, as ClickHouse writes it. */
export function backupFile(path: string): string {
  return `File('${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`;
}

function failed(reason: string, cause?: unknown): AppError {
  return new AppError('BACKUP_FAILED', `ClickHouse could not do it: ${reason.slice(0, 500)}`, { cause });
}
