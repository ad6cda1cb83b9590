import { join, resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
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
  const lock = takeDirectory(directory);
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

/** What the file system says against the directory, in our words. */
function takeDirectory(directory: string): DirectoryLock {
  try {
    return lockDirectory(directory);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const full = /ENOSPC|EDQUOT/.test(reason);
    throw new AppError(
      full ? 'DISK_FULL' : 'DATA_DIRECTORY_MISSING',
      `expected a directory that can be written at ${directory}: ${reason}`,
      { cause: error },
    );
  }
}
