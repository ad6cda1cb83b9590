import { join, resolve } from 'node:path';
import { lockDirectory } from './directory-lock.ts';
import { startEmbeddedClickHouse } from './embedded-clickhouse.ts';
import { openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

export type ClickHouse = { store: Store; close(): Promise<void> };

export type ClickHouseOptions = {
  dataDirectory: string;
  /** Uses this server and leaves the data directory alone. */
  clickhouseUrl?: string;
  log: (line: string) => void;
};

/** The store: of the server that was named, or of one that is started for this data directory. */
export async function openClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  if (options.clickhouseUrl !== undefined) {
    const store = await openDatabase(options.clickhouseUrl);
    return { store, close: () => store.close() };
  }
  const directory = resolve(options.dataDirectory);
  const lock = lockDirectory(directory);
  try {
    const server = await startEmbeddedClickHouse({
      directory: join(directory, 'clickhouse'),
      onCrash: options.log,
    });
    try {
      const store = await openDatabase(server.url);
      return {
        store,
        async close() {
          await store.close();
          await server.close();
          lock.release();
        },
      };
    } catch (error) {
      await server.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}
