import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClickHouse } from '../store/open-clickhouse.ts';

/** A migrated ClickHouse over a directory of its own, which goes when it is closed. */
export async function startTestClickHouse() {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-clickhouse-'));
  const { store, sql, close } = await openClickHouse({ dataDirectory: directory, log: () => {} });
  return {
    store,
    sql,
    async close() {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type TestClickHouse = Awaited<ReturnType<typeof startTestClickHouse>>;
