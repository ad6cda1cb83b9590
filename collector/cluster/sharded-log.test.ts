import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { BlockStore } from '../segments/ship-segment.ts';
import type { ClickHouse } from '../store/open-clickhouse.ts';
import { openOutbox } from './open-outbox.ts';
import { openShardedLog } from './sharded-log.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-shards-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const block = (text: string, shard?: number) => ({
  table: 'spans',
  rows: 1,
  bytes: Buffer.from(text),
  ...(shard === undefined ? {} : { shard }),
});

/** A shard that takes blocks, or none. */
function shardThat(answers: boolean): { taken: string[]; store: BlockStore } {
  const taken: string[] = [];
  return {
    taken,
    store: {
      runningSince: async () => 0,
      async insertBlocks(_, blocks) {
        if (!answers) throw new AppError('STORE_UNAVAILABLE', 'it does not answer');
        for await (const bytes of blocks) taken.push(bytes.toString());
      },
    },
  };
}

const open = (shards: readonly { store: BlockStore }[], options = {}) =>
  openShardedLog({
    directory,
    shards: shards.map(({ store }, index) => ({ name: `s${index + 1}`, store })),
    log: () => {},
    now: Date.now,
    ...options,
  });

describe('a log of shards', () => {
  it('gives each shard its own, though another does not answer, which has the rest after a restart', async () => {
    const [up, down] = [shardThat(true), shardThat(false)];
    const log = await open([up, down]);
    await log.append([block('a', 0), block('b', 1), block('c')]);
    await expect.poll(() => up.taken).toEqual(['a', 'c']);
    // What was taken leaves the disk a moment later.
    await expect.poll(() => log.stats()).toMatchObject({ accepting: true, segments: 1 });
    expect(log.ofShards[1]?.stats().segments).toBe(1);
    await log.close();

    const back = shardThat(true);
    const again = await open([up, back]);
    await again.settled();
    expect([up.taken, back.taken]).toEqual([['a', 'c'], ['b']]);
    await again.close();
  });

  it('refuses what one shard has no room for', async () => {
    const log = await open([shardThat(true), shardThat(false)], { maxBytes: 400 });
    await expect(log.append([block('a', 0), block('b'.repeat(300), 1)])).rejects.toMatchObject({
      code: 'INGEST_FULL',
    });
    expect(log.stats().accepting).toBe(false);
    await log.close();
  });
});

describe('an outbox', () => {
  const { store } = shardThat(true);
  const one = { store, shards: null } as unknown as ClickHouse;
  const cluster = { store, shards: [{ name: 's1', own: store }] } as unknown as ClickHouse;

  it.each([
    ['shards/2/segments', one, /with CLICKHOUSE_CLUSTER/],
    ['segments', cluster, /without CLICKHOUSE_CLUSTER/],
  ])(
    'is not opened over what waits in %s for a store that was divided otherwise',
    async (place, clickHouse, how) => {
      mkdirSync(join(directory, place), { recursive: true });
      writeFileSync(join(directory, place, 'left.segment'), 'x');
      const opening = openOutbox({
        directory,
        clickHouse,
        around: (given) => given,
        log: () => {},
        now: Date.now,
      });
      await expect(opening).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(how) });
    },
  );
});
