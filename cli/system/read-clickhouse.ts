import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { CollectorAddress } from '../../collector/running-collector.ts';
import { startEmbeddedClickHouse } from '../../collector/store/embedded-clickhouse.ts';
import { appliedMigrations, pendingMigrations } from '../../collector/store/migrate.ts';
import { databaseAt, knownMigrations, schemaVersion } from '../../collector/store/open-database.ts';
import type { Query } from '../../collector/store/query.ts';
import { openStore, type Store } from '../../collector/store/store.ts';
import { takeDirectory } from '../../collector/store/take-directory.ts';
import { askCollector } from '../store-access.ts';
import { reasonOf } from './check.ts';
import type { ClickHouseFacts, SchemaFacts } from './clickhouse.ts';

const selfColumns = z.object({ version: z.string(), now_millis: z.int() });
const self: Query<Record<string, never>, typeof selfColumns, z.output<typeof selfColumns>> = {
  sql: 'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS now_millis',
  columns: selfColumns,
  toValue: (row) => row,
};

const tableColumns = z.object({ table_name: z.string() });
const tablesOf: Query<{ database: string }, typeof tableColumns, string> = {
  sql: 'SELECT name AS table_name FROM system.tables WHERE database = {database:String}',
  columns: tableColumns,
  toValue: ({ table_name }) => table_name,
};

const guardColumns = z.object({ many: z.int() });
const guards: Query<Record<string, never>, typeof guardColumns, number> = {
  sql: "SELECT count() AS many FROM access_records WHERE kind IN ('key', 'person')",
  columns: guardColumns,
  toValue: ({ many }) => many,
};

/** What a server says of itself; nothing is made or changed there. @param url as CLICKHOUSE_URL */
export async function readServer(url: string): Promise<ClickHouseFacts> {
  const { address, database } = databaseAt(url);
  const server = openStore({ url: address, database: 'default' });
  const store = openStore({ url: address, database });
  try {
    const seen = await timed(async () => (await server.rows(self, {}))[0]);
    const tables = await server.rows(tablesOf, { database });
    const guarded = tables.includes('access_records') ? ((await store.rows(guards, {}))[0] ?? 0) > 0 : false;
    const schema = tables.includes('schema_migrations') ? await readSchema(store) : { kind: 'none' as const };
    return { kind: 'answers', ...seen, schema, guarded };
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error) };
  } finally {
    await Promise.all([server.close(), store.close()]);
  }
}

async function readSchema(store: Store): Promise<SchemaFacts> {
  try {
    const applied = await appliedMigrations(store);
    const pending = pendingMigrations(knownMigrations(), applied).length;
    return { kind: 'known', version: applied.at(-1)?.version ?? 0, pending };
  } catch (error) {
    return { kind: 'foreign', reason: reasonOf(error) };
  }
}

/**
 * What the server says that Rehearse starts itself: it is started for a moment, on the data directory, or on an empty one
 * where that is not there yet.
 */
export async function readOwnServer(dataDirectory: string | null): Promise<ClickHouseFacts> {
  const directory = dataDirectory ?? mkdtempSync(join(tmpdir(), 'rehearse-doctor-'));
  try {
    const lock = takeDirectory(directory);
    try {
      const server = await startEmbeddedClickHouse({
        directory: join(directory, 'clickhouse'),
        onCrash: () => {},
      });
      return await readServer(server.url).finally(() => server.close());
    } finally {
      lock.release();
    }
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error) };
  } finally {
    if (dataDirectory === null) rmSync(directory, { recursive: true, force: true });
  }
}

/** What the server of a running collector says. The collector has brought its schema up to date when it started. */
export async function readThroughCollector(
  collector: CollectorAddress,
  signal: AbortSignal,
): Promise<ClickHouseFacts> {
  try {
    const seen = await timed(async () => {
      const answer = await askCollector(collector, '/api/query', { body: { sql: self.sql }, signal });
      return selfColumns.parse(JSON.parse(await text(Readable.from(answer))));
    });
    const stranger = await fetch(`${collector.url}/api/projects`, { signal });
    await stranger.body?.cancel();
    return {
      kind: 'answers',
      ...seen,
      schema: { kind: 'known', version: schemaVersion(), pending: 0 },
      guarded: stranger.status === 401,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'silent', reason: reasonOf(error) };
  }
}

/** The answer's clock against ours at the middle of the time that it took. */
async function timed(ask: () => Promise<z.output<typeof selfColumns> | undefined>) {
  const asked = Date.now();
  const row = await ask();
  const answered = Date.now();
  if (row === undefined) throw new Error('expected a row with the version, got none');
  return {
    version: row.version,
    aheadMillis: Math.round(row.now_millis - (asked + answered) / 2),
    withinMillis: Math.ceil((answered - asked) / 2) + 1,
  };
}
