import { join } from 'node:path';
import { startEmbeddedClickHouse } from './embedded-clickhouse.ts';
import { openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

export type ClickHouse = { store: Store; close(): Promise<void> };

export type ClickHouseOptions = {
  /** Locked for this process. */
  dataDirectory: string;
  /** Uses this server instead of an own one. */
  clickhouseUrl?: string;
  log: (line: string) => void;
};

/** The store: of the server that was named, or of one that is started for this data directory. */
export async function openClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  if (options.clickhouseUrl !== undefined) {
    const store = await openDatabase(options.clickhouseUrl);
    return { store, close: () => store.close() };
  }
  const server = await startEmbeddedClickHouse({
    directory: join(options.dataDirectory, 'clickhouse'),
    onCrash: options.log,
  });
  try {
    const store = await openDatabase(server.url);
    return {
      store,
      async close() {
        await store.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
