import { join } from 'node:path';
import type { Log } from '../observe/log.ts';
import { projectFilters } from '../sql/project-filter.ts';
import { openSqlConsole, type SqlConsole } from '../sql/sql-console.ts';
import { openTransfer, type Transfer } from '../transfer/transfer.ts';
import { startEmbeddedClickHouse } from './embedded-clickhouse.ts';
import { sqlDatabaseOf } from './migrate.ts';
import { databaseAt, openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

export type ClickHouse = {
  store: Store;
  sql: SqlConsole;
  transfer: Transfer;
  database: string;
  close(): Promise<void>;
};

/** Where backups are made in a data directory. */
export function backupsIn(dataDirectory: string): string {
  return join(dataDirectory, 'backups');
}

export type ClickHouseOptions = {
  /** Locked for this process. */
  dataDirectory: string;
  /** Uses this server instead of an own one. */
  clickhouseUrl?: string;
  log: Log;
};

/** The store: of the server that was named, or of one that is started for this data directory. */
export async function openClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  if (options.clickhouseUrl !== undefined) return connect(options.clickhouseUrl);
  const server = await startEmbeddedClickHouse({
    directory: join(options.dataDirectory, 'clickhouse'),
    backups: backupsIn(options.dataDirectory),
    onCrash: (message) => options.log('clickhouse.ended', message),
  });
  try {
    const { close, ...opened } = await connect(server.url);
    return {
      ...opened,
      async close() {
        await close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function connect(url: string): Promise<ClickHouse> {
  const { address, database } = databaseAt(url);
  const store = await openDatabase(url);
  const filtersOf = await projectFilters(store);
  const sql = openSqlConsole({ url: address, database: sqlDatabaseOf(database), filtersOf });
  const transfer = openTransfer({ url: address, database }, store);
  return {
    store,
    sql,
    transfer,
    database,
    async close() {
      await transfer.close();
      await sql.close();
      await store.close();
    },
  };
}
