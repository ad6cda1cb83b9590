import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { ShardHealth } from '../health.ts';
import { segmentSuffix } from '../segments/segment.ts';
import { openSegmentLog, type SegmentLog, type SegmentLogOptions } from '../segments/segment-log.ts';
import type { BlockStore } from '../segments/ship-segment.ts';
import type { ClickHouse } from '../store/open-clickhouse.ts';
import { openShardedLog, type ShardedLog, segmentsOfShards } from './sharded-log.ts';

export type OutboxOptions = Pick<SegmentLogOptions, 'directory' | 'log' | 'now' | 'maxBytes'> & {
  clickHouse: Pick<ClickHouse, 'store' | 'shards'>;
  /** Put before every store that takes blocks. */
  around: (store: BlockStore) => BlockStore;
};

/** What is on its way to the store. */
export type Outbox = {
  segments: SegmentLog;
  /** Among which traces are divided. */
  shards: number;
  /** `null` where the store is one server. */
  health(): Promise<ShardHealth[]> | null;
};

/** @throws AppError USAGE where something waits there for a store that was divided otherwise */
export async function openOutbox({ clickHouse, around, ...options }: OutboxOptions): Promise<Outbox> {
  const { store, shards } = clickHouse;
  const { directory } = options;
  if (shards === null) {
    expectNothing(segmentsOfShards(directory), 'with CLICKHOUSE_CLUSTER');
    const segments = await openSegmentLog({ ...options, store: around(store) });
    return { segments, shards: 1, health: () => null };
  }
  expectNothing([join(directory, 'segments')], 'without CLICKHOUSE_CLUSTER');
  const segments = await openShardedLog({
    ...options,
    shards: shards.map(({ name, own }) => ({ name, store: around(own) })),
  });
  return { segments, shards: shards.length, health: () => healthOf(shards, segments) };
}

function healthOf(shards: NonNullable<ClickHouse['shards']>, log: ShardedLog): Promise<ShardHealth[]> {
  return Promise.all(
    shards.map(async ({ name, isUp }, index) => {
      const { bytes = 0, segments = 0, quarantined = 0 } = log.ofShards[index]?.stats() ?? {};
      return {
        name,
        clickhouse: (await isUp()) ? 'up' : 'down',
        segments: { bytes, segments, quarantined },
      };
    }),
  );
}

function expectNothing(places: readonly string[], how: string): void {
  for (const place of places) {
    if (!existsSync(place)) continue;
    const waiting = readdirSync(place).filter((name) => name.endsWith(segmentSuffix)).length;
    if (waiting === 0) continue;
    const message = `expected nothing to wait in ${place}, got ${waiting} segments: start ${how}, as before, until they are stored`;
    throw new AppError('USAGE', message);
  }
}
