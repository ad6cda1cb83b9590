import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { checksumOf, migrate, onCluster, type SchemaShape, sqlDatabaseOf } from '../store/migrate.ts';
import { databaseAt, knownMigrations } from '../store/open-database.ts';
import type { Query } from '../store/query.ts';
import { openStore, type Store } from '../store/store.ts';
import {
  type ClusterSchema,
  clusterDatabaseOf,
  clusterDatabaseStatements,
  clusterStatements,
} from './cluster-schema.ts';
import { type MissingShards, storeOfReaders } from './missing-shards.ts';
import { openShard, type Shard } from './shard.ts';

export type Cluster = {
  shards: readonly Shard[];
  /** The first, where lies what belongs to no trace. */
  home: Shard;
  /** Of all shards: answers are whole, or an error. What is changed in place is changed on each. */
  store: Store;
  /** For readers who can be told what is missing. */
  readers: Store;
  missing: MissingShards;
  close(): Promise<void>;
};

export type ClusterOptions = {
  /** Of a server of each shard, in the order in which the cluster's configuration has them. */
  urls: readonly string[];
  /** As `remote_servers` in the configuration of the servers names it. */
  cluster: string;
};

const shardColumns = z.object({ shard: z.int(), replicas: z.int() });
const shardsOf: Query<{ cluster: string }, typeof shardColumns, z.output<typeof shardColumns>> = {
  sql: `SELECT shard_num AS shard, count() AS replicas FROM system.clusters WHERE cluster = {cluster:String}
    GROUP BY shard ORDER BY shard`,
  columns: shardColumns,
  toValue: (row) => row,
};

const serverColumns = z.object({ shard: z.int(), server: z.string() });
const server = "concat(hostName(), ':', toString(tcpPort()))";
const serversOf: Query<{ cluster: string }, typeof serverColumns, z.output<typeof serverColumns>> = {
  sql: `SELECT _shard_num AS shard, ${server} AS server FROM clusterAllReplicas({cluster:String}, system.one)`,
  columns: serverColumns,
  toValue: (row) => row,
};
const ownColumns = z.object({ server: z.string() });
const ownServer: Query<Record<string, never>, typeof ownColumns, string> = {
  sql: `SELECT ${server} AS server`,
  columns: ownColumns,
  toValue: (row) => row.server,
};

const commentColumns = z.object({ comment: z.string() });
const commentOf: Query<{ database: string }, typeof commentColumns, string> = {
  sql: 'SELECT comment FROM system.databases WHERE name = {database:String}',
  columns: commentColumns,
  toValue: ({ comment }) => comment,
};

/**
 * Opens the shards, each made and migrated where it is not yet, and the tables of all of them together. All must answer.
 *
 * @throws AppError STORE_UNAVAILABLE, SCHEMA_MISMATCH, USAGE where the servers know the cluster otherwise
 */
export async function openCluster({ urls, cluster }: ClusterOptions): Promise<Cluster> {
  const places = urls.map(databaseAt);
  const { database = '' } = places[0] ?? {};
  if (places.some((place) => place.database !== database)) {
    throw new AppError('USAGE', 'CLICKHOUSE_URL: expected the same database on every shard');
  }
  const count = places.length;
  await Promise.all(
    places.map(({ address }, index) => prepareShard({ address, database, cluster, index, count })),
  );
  const shards = places.map(({ address }) => openShard(address, database));
  const close = async () => {
    for (const shard of shards) await shard.close();
  };
  const [home] = shards;
  if (home === undefined) throw new AppError('USAGE', 'CLICKHOUSE_URL: expected at least one shard');
  const own = shards.map((shard) => shard.own);
  const store: Store = {
    ...home.all,
    shards: own,
    async command(sql, params) {
      for (const shard of own) await shard.command(sql, params);
    },
    ping: async () => (await Promise.all(shards.map((shard) => shard.isUp()))).every(Boolean),
  };
  const { store: readers, missing } = storeOfReaders({ shards, whole: store, now: () => performance.now() });
  return { shards, home, store, readers, missing, close };
}

type Place = { address: string; database: string; cluster: string; index: number; count: number };

/** Checks the configuration of a shard's server, and makes the tables there. */
async function prepareShard({ address, database, cluster, index, count }: Place): Promise<void> {
  const bootstrap = openStore({ url: address, database: 'default' });
  const store = openStore({ url: address, database });
  const over = openStore({ url: address, database: clusterDatabaseOf(database) });
  try {
    const known = await bootstrap.rows(shardsOf, { cluster });
    if (known.length !== count) {
      const message = `expected a shard of the cluster "${cluster}" for each of ${count} URLs, but ${address} knows ${known.length}`;
      throw new AppError('USAGE', `CLICKHOUSE_URL: ${message}`);
    }
    await checkOrder(bootstrap, { cluster, index });
    const replicated = known.some(({ replicas }) => replicas > 1);
    const shape: SchemaShape = { replicatedOn: replicated ? cluster : null };
    const comment = `Rehearse: one of ${count} shards`;
    for (const name of [database, sqlDatabaseOf(database)]) {
      await bootstrap.command(
        `CREATE DATABASE IF NOT EXISTS ${name} ${onCluster(shape)} COMMENT '${comment}'`,
      );
    }
    const [found = ''] = await bootstrap.rows(commentOf, { database });
    if (found !== comment) {
      const message = `expected ${database} to be "${comment}", got "${found}": what is stored cannot be divided anew`;
      throw new AppError('USAGE', `CLICKHOUSE_URL: ${message}`);
    }
    await migrate(store, knownMigrations(), database, shape);
    const schema = { ...shape, database, cluster };
    for (const statement of clusterDatabaseStatements(schema)) await bootstrap.command(statement);
    await makeClusterTables({ bootstrap, over, schema });
  } finally {
    for (const one of [bootstrap, store, over]) await one.close();
  }
}

/**
 * Makes the tables of all shards together, unless they stand as they would be made: the comment of their database says of
 * what they were made last. It changes with any migration, since one may change the columns they were made with.
 */
async function makeClusterTables(deps: { bootstrap: Store; over: Store; schema: ClusterSchema }) {
  const { bootstrap, over, schema } = deps;
  const database = clusterDatabaseOf(schema.database);
  const migrations = knownMigrations();
  const statements = clusterStatements(schema, migrations);
  const made = checksumOf([...statements, ...migrations.map(({ checksum }) => checksum)].join(';\n'));
  const [found] = await bootstrap.rows(commentOf, { database });
  if (found === made) return;
  for (const statement of statements) await over.command(statement);
  await bootstrap.command(`ALTER DATABASE ${database} ${onCluster(schema)} MODIFY COMMENT '${made}'`);
}

/** What a collector sends to a shard and what ClickHouse does must be the same shard. */
async function checkOrder(store: Store, { cluster, index }: { cluster: string; index: number }) {
  const [own = ''] = await store.rows(ownServer, {});
  const servers = await store.rows(serversOf, { cluster });
  const shard = servers.find((one) => one.server === own)?.shard ?? 0;
  if (shard === index + 1) return;
  const where = shard === 0 ? 'none of its shards' : `shard ${shard}`;
  const message = `expected ${own} to be shard ${index + 1} of the cluster "${cluster}", but it is ${where}`;
  throw new AppError('USAGE', `CLICKHOUSE_URL: ${message}`);
}
