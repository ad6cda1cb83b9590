import { AppError } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { PriceBook } from '../../domain/price-book.ts';
import type { Deleted } from '../deletion/deleted.ts';
import type { Store } from '../store/store.ts';
import { remap } from './remap.ts';
import { reprice } from './reprice.ts';
import { type StoredFigures, storedFigures } from './stored-figures.ts';
import type { Window } from './window.ts';

/** How many spans were looked at, and how many of them were stored anew. */
export type MaintenanceStep = { read: number; written: number };

export type MaintenanceTask = 'remap' | 'reprice';

/** What a task tells while it runs: first the figures, then how far it is, in the end the figures again. */
export type MaintenanceEvent =
  | { kind: 'began'; before: StoredFigures }
  | ({ kind: 'progress' } & MaintenanceStep)
  | ({ kind: 'done'; before: StoredFigures; after: StoredFigures } & MaintenanceStep);

export type Maintenance = {
  /**
   * Runs a task over the stored spans of a window. One runs at a time.
   *
   * @throws AppError MAINTENANCE_RUNNING while another one runs
   */
  run(
    task: MaintenanceTask,
    options: Window & { all: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<MaintenanceEvent>;
};

export type MaintenanceDeps = {
  store: Pick<Store, 'each' | 'insertBlocks' | 'maybeOne' | 'shards'>;
  prices: PriceBook;
  /** What was deleted in the project: of that nothing is stored anew. */
  deleted?: () => Deleted | null;
  project: ProjectId;
};

/** Work over what is stored already. */
export function openMaintenance(deps: MaintenanceDeps): Maintenance {
  const { store, project } = deps;
  let running: MaintenanceTask | null = null;
  return {
    async *run(task, { all, from, to }, signal) {
      if (running !== null)
        throw new AppError('MAINTENANCE_RUNNING', `expected no other work on the store, but ${running} runs`);
      running = task;
      try {
        const figures = async () => {
          const found = await store.maybeOne(storedFigures, { project, from, to });
          return found ?? { spans: 0, calls: 0, unpriced: 0, usd: null, mappers: [] };
        };
        const before = await figures();
        yield { kind: 'began', before };
        const sum = { read: 0, written: 0 };
        const steps =
          task === 'remap'
            ? remap(deps, { from, to, all, spans: before.spans }, signal)
            : reprice(deps, { from, to }, signal);
        for await (const { read, written } of steps) {
          sum.read += read;
          sum.written += written;
          yield { kind: 'progress', ...sum };
        }
        yield { kind: 'done', ...sum, before, after: await figures() };
      } finally {
        running = null;
      }
    },
  };
}
