import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { syncDirectory } from '../segments/sync-directory.ts';
import { startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { sqlDatabaseOf } from '../store/migrate.ts';
import { databaseAt, openDatabase, schemaVersion } from '../store/open-database.ts';
import { openStore, type Store } from '../store/store.ts';
import { tablesThat } from '../store/tables.ts';
import { takeDirectory } from '../store/take-directory.ts';
import {
  type BackupManifest,
  CLICKHOUSE_DIRECTORY,
  readManifest,
  SEGMENTS_DIRECTORY,
} from './backup-manifest.ts';
import { sha256Of } from './make-backup.ts';
import { backupFile, runBackupStatement } from './run-statement.ts';

export type RestoreOptions = {
  /** The backup. */
  from: string;
  /** Of the collector that is to have it; no collector may run on it. */
  dataDirectory: string;
  /** A server to restore into instead of the own one of the data directory. */
  clickhouseUrl?: string;
  /** Adds the backup to what is there; else the store must be empty. */
  into: boolean;
  log: (line: string) => void;
};

/**
 * Brings a backup back, as it was: every row of every table, and the segments that waited. A later Rehearse brings its
 * schema up to date at the next start.
 *
 * @throws AppError BACKUP_UNREADABLE, SCHEMA_MISMATCH, STORE_NOT_EMPTY, BACKUP_FAILED, DATA_DIRECTORY_LOCKED
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupManifest> {
  const from = resolve(options.from);
  const manifest = await readManifest(from);
  await checkBackup(from, manifest, options.into);
  const dataDirectory = resolve(options.dataDirectory);
  const lock = takeDirectory(dataDirectory);
  try {
    const segments = join(dataDirectory, 'segments');
    if (!options.into && existsSync(segments) && readdirSync(segments).length > 0) {
      throw notEmpty(`segments wait in ${segments}`);
    }
    await withServer(options, from, (url) => restoreTables(url, { ...options, from }, manifest));
    await mkdir(segments, { recursive: true });
    for (const { file } of manifest.segments) {
      await copyFile(join(from, SEGMENTS_DIRECTORY, file), join(segments, file));
    }
    await syncDirectory(segments);
    return manifest;
  } finally {
    lock.release();
  }
}

async function checkBackup(from: string, manifest: BackupManifest, into: boolean): Promise<void> {
  const known = schemaVersion();
  if (manifest.schema > known) {
    throw new AppError(
      'SCHEMA_MISMATCH',
      `the backup has schema version ${manifest.schema}, made by Rehearse ${manifest.rehearse}, but this Rehearse knows up to ${known}`,
    );
  }
  if (into && manifest.schema !== known) {
    throw new AppError(
      'SCHEMA_MISMATCH',
      `expected a backup of schema version ${known} to add, got ${manifest.schema}: restore it by itself first`,
    );
  }
  for (const { file, sha256 } of manifest.segments) {
    const path = join(from, SEGMENTS_DIRECTORY, file);
    const found = existsSync(path) ? await sha256Of(path) : 'none';
    if (found !== sha256) {
      throw new AppError('BACKUP_UNREADABLE', `${path}: expected the checksum ${sha256}, got ${found}`);
    }
  }
}

async function withServer(
  { clickhouseUrl, dataDirectory, log }: RestoreOptions,
  from: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  if (clickhouseUrl !== undefined) return work(clickhouseUrl);
  const directory = join(resolve(dataDirectory), 'clickhouse');
  const server = await startEmbeddedClickHouse({
    directory,
    settings: { 'backups.allowed_path': from },
    onCrash: log,
  });
  try {
    await work(server.url);
  } finally {
    await server.close();
  }
}

async function restoreTables(
  url: string,
  { from, into }: RestoreOptions,
  manifest: BackupManifest,
): Promise<void> {
  const { address, database } = databaseAt(url);
  if (database !== manifest.database) {
    throw new AppError(
      'USAGE',
      `expected the database ${manifest.database}, which the backup is of, got ${database}`,
    );
  }
  const backup = backupFile(join(from, CLICKHOUSE_DIRECTORY));
  if (into) return addTables(url, database, backup);
  const server = openStore({ url: address, database: 'default' });
  try {
    const rows = await rowsIn(server, database);
    if (rows > 0) throw notEmpty(`the database ${database} has ${rows} rows`);
    const databases = [database, sqlDatabaseOf(database)];
    for (const name of databases.toReversed()) await server.command(`DROP DATABASE IF EXISTS ${name} SYNC`);
    await runBackupStatement(
      server,
      `RESTORE ${databases.map((name) => `DATABASE ${name}`).join(', ')} FROM ${backup}`,
    );
  } finally {
    await server.close();
  }
}

/** What was received and deleted is added; what follows from it is built again. */
async function addTables(url: string, database: string, backup: string): Promise<void> {
  const store = await openDatabase(url);
  try {
    const added = [
      ...tablesThat(({ role }) => role === 'source' || role === 'setting'),
      'tombstones',
      'trace_minutes',
    ];
    const tables = added.map((table) => `TABLE ${database}.${table}`).join(', ');
    await runBackupStatement(store, `RESTORE ${tables} FROM ${backup}`, ['allow_non_empty_tables = true']);
    for (const [marks, source] of [
      ['span_hour_marks', 'spans'],
      ['log_hour_marks', 'logs'],
    ]) {
      await store.command(
        `INSERT INTO ${marks} SELECT DISTINCT project, toStartOfHour(bucket), now64(3) FROM ${source}`,
      );
    }
  } finally {
    await store.close();
  }
}

const columns = z.object({ rows: z.int() });

/** Of what was received; the schema alone is nothing. */
async function rowsIn(server: Store, database: string): Promise<number> {
  const [rows = 0] = await server.rows(
    {
      sql: `SELECT toInt64(coalesce(sum(total_rows), 0)) AS rows FROM system.tables
        WHERE database = {database:String} AND name IN {tables:Array(String)}`,
      columns,
      toValue: (row) => row.rows,
    },
    { database, tables: tablesThat(({ role }) => role === 'source' || role === 'setting') },
  );
  return rows;
}

function notEmpty(what: string): AppError {
  return new AppError('STORE_NOT_EMPTY', `expected an empty store to restore into, but ${what}`);
}
