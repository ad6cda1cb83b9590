import { AppError } from '../../domain/errors.ts';
import type { Log } from '../observe/log.ts';
import { databaseAt } from '../store/open-database.ts';
import type { Store } from '../store/store.ts';
import { type MissingShards, storeOfReaders } from './missing-shards.ts';
import { absenceOf, prepareLater } from './prepare-later.ts';
import { prepareShard } from './prepare-shard.ts';
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

/**
 * Opens the shards, each made and migrated where it is not yet, and the tables of all of them together. What is of a
 * shard that does not answer waits on disk until it does, and has been prepared.
 *
 * @throws AppError SCHEMA_MISMATCH, USAGE where the servers know the cluster otherwise
 */
export async function openCluster({ urls, cluster }: ClusterOptions, log: Log): Promise<Cluster> {
  const places = urls.map(databaseAt);
  const { database = '' } = places[0] ?? {};
  if (places.some((place) => place.database !== database)) {
    throw new AppError('USAGE', 'CLICKHOUSE_URL: expected the same database on every shard');
  }
  const count = places.length;
  const shards = places.map(({ address }, index) =>
    openShard(address, database, () => prepareShard({ address, database, cluster, index, count })),
  );
  const [home] = shards;
  if (home === undefined) throw new AppError('USAGE', 'CLICKHOUSE_URL: expected at least one shard');
  const ended = new AbortController();
  const later: Promise<void>[] = [];
  const close = async () => {
    ended.abort();
    await Promise.all(later);
    for (const shard of shards) await shard.close();
  };
  const prepare = async (shard: Shard) => {
    const { name } = shard;
    const away = await absenceOf(shard);
    if (away === null) return;
    log('cluster.shard-away', `shard ${name} is away, what is its own waits on disk: ${away}`, {
      shard: name,
    });
    later.push(prepareLater(shard, { log, signal: ended.signal }));
  };
  try {
    await Promise.all(shards.map(prepare));
  } catch (error) {
    await close();
    throw error;
  }
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
