import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Query, QueryParam } from './query.ts';
import type { Store } from './store.ts';

const columns = z.object({ unfinished: z.int(), reason: z.string() });
const mutationsOf: Query<{ table: string }, typeof columns, z.output<typeof columns>> = {
  sql: `SELECT count() AS unfinished, max(latest_fail_reason) AS reason FROM system.mutations
    WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done`,
  columns,
  toValue: (row) => row,
};
const firstPauseMillis = 5;
const longestPauseMillis = 1000;

/**
 * Gives ClickHouse a statement that changes rows of a table in place, and waits until every part on every shard is changed:
 * that may take longer than a request. The statement itself must not wait (`lightweight_deletes_sync = 0`,
 * `mutations_sync = 0`).
 *
 * @throws AppError what the store throws; STORE_UNAVAILABLE where ClickHouse tries in vain. The statement goes on there.
 */
export async function mutate(store: Pick<Store, 'shards'>, options: MutateOptions): Promise<void> {
  await Promise.all(store.shards.map((shard) => mutateShard(shard, options)));
}

async function mutateShard(
  store: Pick<Store, 'command' | 'rows'>,
  { table, sql, params, signal }: MutateOptions,
): Promise<void> {
  await store.command(sql, { ...params, table });
  for (let pause = firstPauseMillis; ; pause = Math.min(2 * pause, longestPauseMillis)) {
    const [found] = await store.rows(mutationsOf, { table });
    if (!found || found.unfinished === 0) return;
    if (found.reason !== '') {
      throw new AppError('STORE_UNAVAILABLE', `ClickHouse cannot change ${table} now: ${found.reason}`);
    }
    await sleep(pause, null, { signal });
  }
}

type MutateOptions = {
  table: string;
  sql: string;
  params: Record<string, QueryParam>;
  signal: AbortSignal;
};
