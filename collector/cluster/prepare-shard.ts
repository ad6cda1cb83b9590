import type { ClickHouseSettings } from '@clickhouse/client';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { checksumOf, migrate, onCluster, type SchemaShape, sqlDatabaseOf } from '../store/migrate.ts';
import { knownMigrations } from '../store/open-database.ts';
import type { Query } from '../store/query.ts';
import { openStore, type Store } from '../store/store.ts';
import {
  type ClusterSchema,
  clusterDatabaseOf,
  clusterDatabaseStatements,
  clusterStatements,
} from './cluster-schema.ts';

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

/** The shard `index` of `count`, by the address of a server of it. */
export type ShardPlace = { address: string; database: string; cluster: string; index: number; count: number };

/**
 * Checks the configuration of a shard's server, and makes the tables there. Other shards may be away.
 *
 * @throws AppError STORE_UNAVAILABLE, SCHEMA_MISMATCH, USAGE where the server knows the cluster otherwise
 */
export async function prepareShard({ address, database, cluster, index, count }: ShardPlace): Promise<void> {
  // Asked for all servers, it answers of those that are there.
  const settings: ClickHouseSettings = { skip_unavailable_shards: 1 };
  const bootstrap = openStore({ url: address, database: 'default', settings });
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
