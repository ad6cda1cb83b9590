import { join } from 'node:path';
import type { ClickHouseSettings } from '@clickhouse/client';
import { clusterDatabaseOf } from '../cluster/cluster-schema.ts';
import { type MissingShards, NONE_MISSING } from '../cluster/missing-shards.ts';
import { type ClusterOptions, openCluster } from '../cluster/open-cluster.ts';
import { clusterSettings, type Shard } from '../cluster/shard.ts';
import type { Log } from '../observe/log.ts';
import { type FiltersOf, projectFilters } from '../sql/project-filter.ts';
import { openSqlConsole, type SqlConsole } from '../sql/sql-console.ts';
import { openTransfer, type Transfer } from '../transfer/transfer.ts';
import { startEmbeddedClickHouse } from './embedded-clickhouse.ts';
import { sqlDatabaseOf } from './migrate.ts';
import { databaseAt, openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

export type ClickHouse = {
  /** Its answers are whole. */
  store: Store;
  /** For those who can be told that a part is missing. */
  readers: Store;
  missing: MissingShards;
  /** Where lies what belongs to no trace: who may do what, runs, outcomes. */
  home: Store;
  /** Of a cluster; `null` where it is one server. */
  shards: readonly Shard[] | null;
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
  /** Uses these servers instead of one. */
  cluster?: ClusterOptions;
  log: Log;
};

/** The store: of the cluster or the server that was named, or of one that is started for this data directory. */
export async function openClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  if (options.cluster !== undefined) return connectCluster(options.cluster, options.log);
  if (options.clickhouseUrl !== undefined) return connect(options.clickhouseUrl);
  const server = await startEmbeddedClickHouse({
    directory: join(options.dataDirectory, 'clickhouse'),
    settings: { 'backups.allowed_path': backupsIn(options.dataDirectory) },
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
  const filtersOf = projectFilters([store]);
  const asked = openQuestions({ address, database, store, filtersOf, settings: {} });
  return {
    store,
    readers: store,
    missing: NONE_MISSING,
    home: store,
    shards: null,
    sql: asked.sql,
    transfer: asked.transfer,
    database,
    async close() {
      await asked.close();
      await store.close();
    },
  };
}

/** SQL of people, exports and imports go through the first shard, and need every one. */
async function connectCluster(options: ClusterOptions, log: Log): Promise<ClickHouse> {
  const { shards, home, store, readers, missing, close } = await openCluster(options, log);
  const { address, database } = databaseAt(options.urls[0] ?? '');
  const over = clusterDatabaseOf(database);
  const asked = openQuestions({
    address,
    database: over,
    store: home.all,
    filtersOf: projectFilters([home.all, home.own], home.expectPrepared),
    settings: clusterSettings,
  });
  return {
    store,
    readers,
    missing,
    home: home.own,
    shards,
    sql: asked.sql,
    transfer: asked.transfer,
    database,
    async close() {
      await asked.close();
      await close();
    },
  };
}

type Questions = {
  address: string;
  database: string;
  /** Of the database. */
  store: Store;
  filtersOf: FiltersOf;
  settings: ClickHouseSettings;
};

/** What has connections of its own. */
function openQuestions({ address, database, store, filtersOf, settings }: Questions) {
  const sql = openSqlConsole({ url: address, database: sqlDatabaseOf(database), filtersOf, settings });
  const transfer = openTransfer({ url: address, database, settings }, store);
  return {
    sql,
    transfer,
    async close() {
      await transfer.close();
      await sql.close();
    },
  };
}
