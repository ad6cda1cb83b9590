import { AppError } from '../../domain/errors.ts';
import type { BlockStore } from '../segments/ship-segment.ts';

/** A block store in memory, which can be away, refuse blocks, and forget that it took them. */
export function memoryBlockStore() {
  const inserts: { table: string; token: string | null; blocks: string[] }[] = [];
  const state = {
    away: false,
    /** Takes the next insert and does not say so. */
    silent: false,
    runningSince: 0,
    /** A block that holds this text is refused. */
    poison: 'poison',
  };
  const store: BlockStore = {
    async insertBlocks(table, blocks, { token }) {
      if (state.away) throw new AppError('STORE_UNAVAILABLE', 'ClickHouse does not answer');
      const texts: string[] = [];
      for await (const block of blocks) texts.push(block.toString());
      if (texts.some((text) => text.includes(state.poison))) {
        throw new AppError('INTERNAL', 'ClickHouse refused a query (691): Unknown element');
      }
      inserts.push({ table, token, blocks: texts });
      if (!state.silent) return;
      state.silent = false;
      throw new AppError('STORE_UNAVAILABLE', 'socket hang up');
    },
    async runningSince() {
      return state.runningSince;
    },
  };
  return { store, state, inserts, blocks: () => inserts.flatMap(({ blocks }) => blocks) };
}
