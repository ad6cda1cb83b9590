import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { openSegmentLog, type SegmentLog, type SegmentLogOptions } from '../segments/segment-log.ts';
import type { BlockStore } from '../segments/ship-segment.ts';

export type ShardedLogOptions = Pick<SegmentLogOptions, 'directory' | 'log' | 'now'> & {
  shards: readonly { name: string; store: BlockStore }[];
  /** Of segments and quarantine on disk; each shard has an equal share. Default 1 GiB. */
  maxBytes?: number;
};

const shardsDirectory = 'shards';

/** Where in a data directory segments of shards lie. */
export function segmentsOfShards(directory: string): string[] {
  const all = join(directory, shardsDirectory);
  return existsSync(all) ? readdirSync(all).map((name) => join(all, name, 'segments')) : [];
}

const defaultMaxBytes = 1024 * 1024 * 1024;

/** A segment log of each shard, as one: a shard that does not answer keeps no other waiting. */
export type ShardedLog = SegmentLog & { ofShards: readonly SegmentLog[] };

/**
 * Opens them. What `append` throws may leave the blocks of other shards behind: whoever sent them sends them again, and the
 * rows are the same.
 */
export async function openShardedLog(options: ShardedLogOptions): Promise<ShardedLog> {
  const { directory, shards, log, now, maxBytes = defaultMaxBytes } = options;
  const logs = await Promise.all(
    shards.map(({ name, store }, index) =>
      openSegmentLog({
        directory: join(directory, shardsDirectory, String(index + 1)),
        store,
        log: (event, message, fields) => log(event, `shard ${name}: ${message}`, { ...fields, shard: name }),
        now,
        maxBytes: Math.floor(maxBytes / shards.length),
      }),
    ),
  );
  const logOf = (shard: number): SegmentLog => {
    const found = logs[shard];
    if (!found) throw new AppError('INTERNAL', `expected one of ${logs.length} shards, got ${shard}`);
    return found;
  };
  const everyone = <T>(ask: (one: SegmentLog) => Promise<T>) => Promise.all(logs.map(ask));
  const stats = () => logs.map((one) => one.stats());
  return {
    ofShards: logs,
    async append(blocks) {
      const byShard = Map.groupBy(blocks, ({ shard = 0 }) => shard);
      await Promise.all([...byShard].map(([shard, some]) => logOf(shard).append(some)));
    },
    async settled(signal) {
      await everyone((one) => one.settled(signal));
    },
    onShipped(listener) {
      const ends = logs.map((one) => one.onShipped(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    stats() {
      const all = stats();
      const sum = (count: (one: ReturnType<SegmentLog['stats']>) => number) =>
        all.reduce((total, one) => total + count(one), 0);
      const oldest = all.flatMap((one) => (one.oldest === null ? [] : [one.oldest]));
      return {
        bytes: sum(({ bytes }) => bytes),
        accepting: all.every(({ accepting }) => accepting),
        segments: sum(({ segments }) => segments),
        quarantined: sum(({ quarantined }) => quarantined),
        oldest: oldest.length === 0 ? null : Math.min(...oldest),
      };
    },
    async keepShipped(place) {
      const kept = await everyone((one) => one.keepShipped(place));
      return {
        async end() {
          for (const one of kept) await one.end();
        },
      };
    },
    async close() {
      await everyone((one) => one.close());
    },
  };
}
