import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../../domain/errors.ts';
import type { Store } from '../store/store.ts';
import { isUnavailable } from '../store/store-error.ts';
import type { Shard } from './shard.ts';

/** Lets readers who can be told of it have answers in which a part is missing. */
export type MissingShards = {
  /** Runs work. Its reads leave out shards that do not answer; resolves with the names of those, or none. */
  during(work: () => Promise<void>): Promise<string[]>;
};

/** Of a store that has one part only. */
export const NONE_MISSING: MissingShards = {
  async during(work) {
    await work();
    return [];
  },
};

type MissingDeps = {
  shards: readonly Shard[];
  /** Of all shards, or an error. */
  whole: Store;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
};

/** What a reader is told; nothing any more once it is `over`. */
type Told = { shards: Set<Shard>; over: boolean };

/** So long a shard that did not answer is not waited for again. */
const awayMilliseconds = 2000;

/**
 * A store whose answers are whole, except within `during`: there, what shards that do not answer would have said is
 * missing, and which those are is told. Outside of it, such a read fails: nobody takes a part for the whole.
 */
export function storeOfReaders({ shards, whole, now }: MissingDeps): {
  store: Store;
  missing: MissingShards;
} {
  const readers = new AsyncLocalStorage<Told>();
  let last: { away: readonly Shard[]; at: number } = { away: [], at: 0 };

  async function lookWhoIsAway(): Promise<readonly Shard[]> {
    const up = await Promise.all(shards.map((shard) => shard.isUp()));
    last = { away: shards.filter((_, index) => !up[index]), at: now() };
    return last.away;
  }

  async function read<T>(ask: (store: Store) => Promise<T>): Promise<T> {
    const told = readers.getStore();
    if (told === undefined || told.over) return ask(whole);
    let { away } = last;
    if (away.length === 0 || now() - last.at > awayMilliseconds) {
      try {
        const answer = await ask(whole);
        last = { away: [], at: now() };
        return answer;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        away = await lookWhoIsAway();
        if (away.length === 0) throw error;
      }
    }
    const one = shards.find((shard) => !away.includes(shard));
    if (one === undefined) throw new AppError('STORE_UNAVAILABLE', 'no shard answers');
    const answer = await ask(one.reachable);
    // One that went away meanwhile was left out as well.
    const left = [...away, ...(await lookWhoIsAway())];
    if (told.over) throw new AppError('STORE_UNAVAILABLE', `${left[0]?.name} does not answer`);
    for (const shard of left) told.shards.add(shard);
    return answer;
  }

  return {
    store: {
      ...whole,
      rows: (query, params, options) => read((store) => store.rows(query, params, options)),
      maybeOne: (query, params) => read((store) => store.maybeOne(query, params)),
      columns: (query, params) => read((store) => store.columns(query, params)),
    },
    missing: {
      async during(work) {
        const told: Told = { shards: new Set(), over: false };
        try {
          await readers.run(told, work);
        } finally {
          told.over = true;
        }
        return shards.filter((shard) => told.shards.has(shard)).map(({ name }) => name);
      },
    },
  };
}
