import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { ownVersion } from '../own-version.ts';
import { text, uint32 } from './native-block.ts';
import type { Query } from './query.ts';
import type { Store } from './store.ts';

/** One file of `collector/schema`. */
export type Migration = { version: number; name: string; checksum: string; sql: string };

/** `rehearse` is the version of the Rehearse that applied it. */
type Applied = { version: number; checksum: string; rehearse: string };

/** For which servers statements are written. */
export type SchemaShape = {
  /**
   * The cluster of ClickHouse whose Keeper keeps replicas of each table alike: its tables are made on all of its servers
   * at once. `null`: no replicas; tables are made on the server that is asked.
   */
  replicatedOn: string | null;
};

const unreplicated: SchemaShape = { replicatedOn: null };

const ledger = `CREATE TABLE IF NOT EXISTS schema_migrations {{on_cluster}} (
  version UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = {{replicated}}ReplacingMergeTree ORDER BY version;
ALTER TABLE schema_migrations {{on_cluster}} ADD COLUMN IF NOT EXISTS rehearse String DEFAULT '0.1.0'`;

const appliedColumns = z.object({ version: z.int(), checksum: z.string(), rehearse: z.string() });
const appliedQuery: Query<Record<string, never>, typeof appliedColumns, Applied> = {
  sql: 'SELECT version, checksum, rehearse FROM schema_migrations FINAL ORDER BY version',
  columns: appliedColumns,
  toValue: (row) => row,
};

/** Reads `NNNN-name.sql` files in the order of their numbers. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name), 'utf8');
      return {
        version: Number(name.slice(0, 4)),
        name,
        checksum: checksumOf(sql),
        sql,
      };
    });
}

/** Of what is executed: a comment may be put right, a statement that was applied may not be changed. */
export function checksumOf(sql: string): string {
  const executed = sql
    .replace(/^\s*--.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return createHash('sha256').update(executed).digest('hex');
}

/**
 * The migrations that are still to be applied. A schema only goes forward: a file that was applied may not change,
 * and a database that a newer Rehearse has changed is not touched.
 *
 * @throws AppError SCHEMA_MISMATCH
 */
export function pendingMigrations(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { version, checksum, rehearse } of applied) {
    const file = known.find((migration) => migration.version === version);
    if (!file) {
      throw new AppError(
        'SCHEMA_MISMATCH',
        `the database has schema version ${version}, made by Rehearse ${rehearse}, but this one knows up to ${known.at(-1)?.version ?? 0}`,
      );
    }
    if (file.checksum !== checksum) {
      throw new AppError('SCHEMA_MISMATCH', `${file.name} was changed after it had been applied`);
    }
  }
  const done = new Set(applied.map(({ version }) => version));
  return known.filter(({ version }) => !done.has(version));
}

/** Where the views for people lie that belong to a database: see `0020-sql-views.sql`. */
export function sqlDatabaseOf(database: string): string {
  return `${database}_sql`;
}

/**
 * The statements of a migration for the shape of the database. `{{on_cluster}}` and `{{replicated}}` (before an
 * engine's name) are empty where there are no replicas.
 */
export function statementsOf(
  { sql }: Pick<Migration, 'sql'>,
  database: string,
  shape: SchemaShape = unreplicated,
): string[] {
  return sql
    .replaceAll('{{database}}', database)
    .replaceAll('{{sql_database}}', sqlDatabaseOf(database))
    .replaceAll('{{on_cluster}}', onCluster(shape))
    .replaceAll('{{replicated}}', shape.replicatedOn === null ? '' : 'Replicated')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');
}

/** Those that a database has, in order. */
export function appliedMigrations(store: Pick<Store, 'rows'>): Promise<Applied[]> {
  return store.rows(appliedQuery, {});
}

/** What a statement says that is to be run on all servers of a cluster. */
export function onCluster({ replicatedOn }: SchemaShape): string {
  return replicatedOn === null ? '' : `ON CLUSTER '${replicatedOn}'`;
}

/** Brings the schema up to date. Every statement may be repeated, so a migration that was cut off is run again. */
export async function migrate(
  store: Store,
  migrations: readonly Migration[],
  database: string,
  shape: SchemaShape = unreplicated,
): Promise<void> {
  for (const statement of statementsOf({ sql: ledger }, database, shape)) await store.command(statement);
  const applied = await appliedMigrations(store);
  for (const migration of pendingMigrations(migrations, applied)) {
    for (const statement of statementsOf(migration, database, shape)) await store.command(statement);
    await store.insert('schema_migrations', ledgerColumns, [migration]);
  }
}

const ledgerColumns = [
  uint32<Migration>('version', (migration) => migration.version),
  text<Migration>('name', (migration) => migration.name),
  text<Migration>('checksum', (migration) => migration.checksum),
  text<Migration>('rehearse', () => ownVersion()),
];
