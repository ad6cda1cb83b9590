import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import type { Query } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { storeOfReaders } from './missing-shards.ts';
import type { Shard } from './shard.ts';

type Numbers = Query<Record<string, never>, never, number>;
const query = {} as Numbers;

/** Shards of which each holds its own number. */
function shardsThat({ away }: { away: Set<number> }) {
  let now = 0;
  const unavailable = () => new AppError('STORE_UNAVAILABLE', 'a shard does not answer');
  const up = () => [1, 2, 3].filter((number) => !away.has(number));
  const asked: string[] = [];
  const rowsOf = (through: number, whole: boolean): Store =>
    ({
      rows: async () => {
        asked.push(`${whole ? 'all' : 'reachable'} through ${through}`);
        if (away.has(through) || (whole && away.size > 0)) throw unavailable();
        return up();
      },
    }) as unknown as Store;
  const shards = [1, 2, 3].map((number) => ({
    name: `s${number}`,
    isUp: async () => !away.has(number),
    reachable: rowsOf(number, false),
  })) as unknown as Shard[];
  const { store, missing } = storeOfReaders({ shards, whole: rowsOf(1, true), now: () => now });
  return {
    store,
    missing,
    asked,
    pass: (millis: number) => {
      now += millis;
    },
  };
}

describe('a reader who can be told', () => {
  it('is told nothing while all answer', async () => {
    const { store, missing } = shardsThat({ away: new Set() });
    let read: number[] = [];
    const told = await missing.during(async () => {
      read = await store.rows(query, {});
    });
    expect([read, told]).toEqual([[1, 2, 3], []]);
  });

  it.each([1, 2, 3])('reads what the others have, and is told of shard %i', async (gone) => {
    const { store, missing } = shardsThat({ away: new Set([gone]) });
    let read: number[] = [];
    const told = await missing.during(async () => {
      read = await store.rows(query, {});
    });
    expect([read, told]).toEqual([[1, 2, 3].filter((number) => number !== gone), [`s${gone}`]]);
  });

  it('has the whole again soon after the shard is back', async () => {
    const away = new Set([2]);
    const { store, missing, asked, pass } = shardsThat({ away });
    const told = () => missing.during(async () => void (await store.rows(query, {})));
    expect(await told()).toEqual(['s2']);
    asked.length = 0;
    // One that was away a moment ago is not waited for.
    expect(await told()).toEqual(['s2']);
    expect(asked).toEqual(['reachable through 1']);
    away.clear();
    pass(3000);
    expect(await told()).toEqual([]);
  });

  it('fails where none answers', async () => {
    const { store, missing } = shardsThat({ away: new Set([1, 2, 3]) });
    await expect(missing.during(async () => void (await store.rows(query, {})))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });
});

describe('a reader who cannot be told', () => {
  it('has no part for the whole: neither outside, nor in a stream that goes on after the answer began', async () => {
    const { store, missing } = shardsThat({ away: new Set([3]) });
    await expect(store.rows(query, {})).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    let later: Promise<number[]> | null = null;
    const begun = Promise.withResolvers<void>();
    await missing.during(async () => {
      later = begun.promise.then(() => store.rows(query, {}));
    });
    begun.resolve();
    await expect(later).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
