import type { ClickHouseSettings } from '@clickhouse/client';
import { AppError } from '../../domain/errors.ts';
import { openStore, type Store } from '../store/store.ts';
import { clusterDatabaseOf } from './cluster-schema.ts';

/** One shard of a cluster, asked through a server of its own. */
export type Shard = {
  /** Host and port: what people are told of it. */
  name: string;
  /** Makes and checks its tables. @throws AppError as `prepareShard` does */
  prepare(): Promise<void>;
  /** @throws AppError STORE_UNAVAILABLE before it has been prepared */
  expectPrepared(): void;
  /** Whether it has been prepared, and its server answers within a second. */
  isUp(): Promise<boolean>;
  /** The part that lies here. It takes no blocks before it has been prepared. */
  own: Store;
  /** All shards, asked through this one: whole, or an error. */
  all: Store;
  /** As `all`, but shards that do not answer are left out without a word. */
  reachable: Store;
  close(): Promise<void>;
};

/** For what is asked over all shards. */
export const clusterSettings: ClickHouseSettings = {
  // What is inserted is on its shard when the statement ends.
  distributed_foreground_insert: 1,
  parallel_distributed_insert_select: '0',
  // A subquery is answered by all shards together, and not by each for itself.
  distributed_product_mode: 'global',
};

/** For what is asked of one shard. Its replicas are alike, so that a subquery says the same on each. */
const ownSettings: ClickHouseSettings = { allow_nondeterministic_mutations: 1 };

const probeMilliseconds = 1000;

/**
 * Nothing is asked of it yet.
 *
 * @param address of its server, which may carry user and password @param database that of a shard
 */
export function openShard(address: string, database: string, prepare: () => Promise<void>): Shard {
  const url = new URL(address);
  let prepared = false;
  const [stored, all, reachable] = [
    openStore({ url: address, database, settings: ownSettings }),
    openStore({ url: address, database: clusterDatabaseOf(database), settings: clusterSettings }),
    openStore({
      url: address,
      database: clusterDatabaseOf(database),
      settings: { ...clusterSettings, skip_unavailable_shards: 1 },
    }),
  ];
  const expectPrepared = () => {
    if (!prepared) throw new AppError('STORE_UNAVAILABLE', `${url.host} has not answered yet`);
  };
  const own: Store = {
    ...stored,
    async insertBlocks(...blocks) {
      expectPrepared();
      await stored.insertBlocks(...blocks);
    },
  };
  return {
    name: url.host,
    async prepare() {
      await prepare();
      prepared = true;
    },
    expectPrepared,
    async isUp() {
      if (!prepared) return false;
      try {
        const signal = AbortSignal.timeout(probeMilliseconds);
        return (await fetch(`${url.origin}/ping`, { signal })).ok;
      } catch {
        return false;
      }
    },
    own,
    all,
    reachable,
    async close() {
      for (const store of [own, all, reachable]) await store.close();
    },
  };
}
