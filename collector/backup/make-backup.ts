import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../domain/errors.ts';
import type { Gate } from '../housekeeping/gate.ts';
import { ownVersion } from '../own-version.ts';
import type { SegmentLog } from '../segments/segment-log.ts';
import { syncDirectory } from '../segments/sync-directory.ts';
import { sqlDatabaseOf } from '../store/migrate.ts';
import { schemaVersion } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import {
  type BackupManifest,
  CLICKHOUSE_DIRECTORY,
  MANIFEST_FILE,
  SEGMENTS_DIRECTORY,
} from './backup-manifest.ts';
import { backupFile, runBackupStatement } from './run-statement.ts';

export type BackupDeps = {
  store: Pick<Store, 'command' | 'rows'>;
  database: string;
  segments: Pick<SegmentLog, 'settled' | 'keepShipped'>;
  /** What is built from other tables must not change while they are copied. */
  gate: Pick<Gate, 'hold'>;
  /** Where backups are made: the one place that the own ClickHouse may write them to. */
  directory: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** A finished backup. */
export type MadeBackup = { directory: string; bytes: number; segments: number };

/** Makes backups while things come in; one at a time. */
export type Backups = {
  /**
   * Everything that was acknowledged before the call is in it.
   *
   * @throws AppError MAINTENANCE_RUNNING, BACKUP_FAILED, and what the store throws; nothing is left of it then.
   */
  make(): Promise<MadeBackup>;
};

export function openBackups(deps: BackupDeps): Backups {
  let running = false;
  return {
    async make() {
      if (running)
        throw new AppError('MAINTENANCE_RUNNING', 'expected no other backup, but one is being made');
      running = true;
      const name = new Date(deps.now()).toISOString().replace(/[:.]/g, '-');
      const directory = join(deps.directory, name);
      try {
        return await makeIn(directory, deps);
      } catch (error) {
        await rm(directory, { recursive: true, force: true });
        throw error;
      } finally {
        running = false;
      }
    },
  };
}

/**
 * ClickHouse copies table after table. What is inserted meanwhile may be in one and not in another; its segments are kept
 * too, and inserted again when the backup is restored, which makes it whole: the same row twice is one row.
 */
async function makeIn(directory: string, deps: BackupDeps): Promise<MadeBackup> {
  const { store, database, segments, gate } = deps;
  const kept = join(directory, SEGMENTS_DIRECTORY);
  await mkdir(kept, { recursive: true });
  const madeAt = new Date(deps.now()).toISOString();
  const keeping = await segments.keepShipped(kept);
  let bytes: number;
  try {
    await segments.settled();
    const databases = [database, sqlDatabaseOf(database)].map((name) => `DATABASE ${name}`).join(', ');
    const to = backupFile(join(directory, CLICKHOUSE_DIRECTORY));
    bytes = await gate.hold(() => runBackupStatement(store, `BACKUP ${databases} TO ${to}`));
  } finally {
    await keeping.end();
  }
  const files = await Promise.all((await readdir(kept)).toSorted().map((file) => described(kept, file)));
  const manifest: BackupManifest = {
    kind: 'rehearse-backup',
    format: 1,
    rehearse: ownVersion(),
    schema: schemaVersion(),
    database,
    madeAt,
    segments: files,
  };
  await writeDurably(join(directory, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncDirectory(directory);
  return {
    directory,
    bytes: bytes + files.reduce((sum, file) => sum + file.bytes, 0),
    segments: files.length,
  };
}

async function described(directory: string, file: string): Promise<BackupManifest['segments'][number]> {
  const path = join(directory, file);
  return { file, bytes: (await stat(path)).size, sha256: await sha256Of(path) };
}

/** Of a file of any size, in hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
