import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { CollectorOptions } from '../server.ts';
import { startEmbeddedClickHouse } from '../store/embedded-clickhouse.ts';
import { openDatabase } from '../store/open-database.ts';
import type { QueryParam } from '../store/query.ts';
import { cuttableProxy } from './cuttable-proxy.ts';
import { startTestCollector } from './start-test-collector.ts';

const anyRow = z.looseObject({});

/** A collector with gRPC, over a ClickHouse that a test can ask what is stored. */
export async function startCheckedCollector(options: Partial<CollectorOptions> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-'));
  const clickHouse = await startEmbeddedClickHouse({ directory, onCrash: () => {} });
  const clickhouseUrl = `${clickHouse.url}/checked`;
  const collector = await startBeside(clickhouseUrl, options);
  return {
    ...collector,
    /** Of its database, past what cuts the collector off. */
    clickhouseUrl,
    /** Another collector over the same database, which is made and migrated. */
    beside: (others: Partial<CollectorOptions>) => startBeside(clickhouseUrl, { sumsUp: false, ...others }),
    async close() {
      await collector.close();
      await clickHouse.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startBeside(clickhouseUrl: string, options: Partial<CollectorOptions>) {
  const { origin, pathname } = new URL(clickhouseUrl);
  const proxy = await cuttableProxy(origin);
  const lines: string[] = [];
  const collector = await startTestCollector({
    clickhouseUrl: `${proxy.url}${pathname}`,
    grpcPort: 0,
    log: (_event, line) => lines.push(line),
    ...options,
  });
  const store = await openDatabase(clickhouseUrl);
  return {
    ...collector,
    /** Takes ClickHouse away from the collector, and gives it back. */
    clickHouse: { cut: proxy.cut, mend: proxy.mend },
    /** What the collector logged. */
    lines,
    /** The rows of a statement, once all that was acknowledged is visible. */
    async sql(sql: string, params: Record<string, QueryParam> = {}) {
      await collector.settled();
      return await store.rows({ sql, columns: anyRow, toValue: (row) => row }, params);
    },
    async close() {
      await collector.close();
      await store.close();
      await proxy.close();
    },
  };
}

export type CheckedCollector = Awaited<ReturnType<typeof startCheckedCollector>>;
