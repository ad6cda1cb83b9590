import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';

const columns = z.object({ server: z.int(), last_pass: z.int() });
type Clock = { server: number; lastPass: number };
const clock: Query<Record<string, never>, typeof columns, Clock> = {
  sql: readSql('clock.sql', import.meta.dirname),
  columns,
  toValue: ({ server, last_pass: lastPass }) => ({ server, lastPass }),
};

const daySeconds = 86_400;
const longestGapSeconds = 30 * daySeconds;

/** When data past its age was last removed, in milliseconds since the epoch; 0 for never. */
export async function lastPass(store: Pick<Store, 'rows'>): Promise<number> {
  const [found] = await store.rows(clock, {});
  return (found?.lastPass ?? 0) * 1000;
}

/**
 * A clock that has leapt would have everything removed: it is held against ClickHouse's, and against the time of the pass
 * before.
 *
 * @param trusted a person says that the clock is right @throws AppError CLOCK_UNSURE
 */
export async function checkClock(store: Pick<Store, 'rows'>, now: number, trusted: boolean): Promise<void> {
  const [found = { server: 0, lastPass: 0 }] = await store.rows(clock, {});
  const seconds = now / 1000;
  const unsure = (other: string, at: number) =>
    new AppError(
      'CLOCK_UNSURE',
      `this clock says ${dayOf(seconds)}, but ${other} ${dayOf(at)}: nothing was removed`,
    );
  if (trusted) return;
  if (Math.abs(seconds - found.server) > daySeconds) throw unsure("ClickHouse's says", found.server);
  if (found.lastPass === 0) return;
  const gap = seconds - found.lastPass;
  if (gap > longestGapSeconds || gap < -daySeconds) throw unsure('data was last removed on', found.lastPass);
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
