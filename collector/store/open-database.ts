import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { type Migration, migrate, readMigrations, sqlDatabaseOf } from './migrate.ts';
import { openStore, type Store } from './store.ts';

const schemaDirectory = join(import.meta.dirname, '..', 'schema');
/** Every migration of this Rehearse, in order. */
export function knownMigrations(): Migration[] {
  return readMigrations(schemaDirectory);
}
const defaultDatabase = 'rehearse';

/** The last migration that this Rehearse knows. */
export function schemaVersion(): number {
  return knownMigrations().at(-1)?.version ?? 0;
}

/**
 * Opens the database of a ClickHouse server, made and migrated where it is not yet.
 *
 * @param url of the server; a path names the database (`http://host:8123/agents`), `rehearse` without one.
 * @param migrations those to bring it up to; all by default
 * @throws AppError STORE_UNAVAILABLE, SCHEMA_MISMATCH
 */
export async function openDatabase(url: string, migrations = knownMigrations()): Promise<Store> {
  const { address, database } = databaseAt(url);
  const bootstrap = openStore({ url: address, database: 'default' });
  try {
    for (const name of [database, sqlDatabaseOf(database)]) {
      await bootstrap.command(`CREATE DATABASE IF NOT EXISTS ${name}`);
    }
  } finally {
    await bootstrap.close();
  }
  const store = openStore({ url: address, database });
  try {
    await migrate(store, migrations, database);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * The server and the database that a URL names.
 *
 * @throws AppError USAGE
 */
export function databaseAt(url: string): { address: string; database: string } {
  const server = new URL(url);
  const database = decodeURIComponent(server.pathname.slice(1)) || defaultDatabase;
  if (!/^\w+$/.test(database)) {
    throw new AppError('USAGE', `expected a database name of letters, digits and "_", got "${database}"`);
  }
  server.pathname = '';
  return { address: server.toString(), database };
}
