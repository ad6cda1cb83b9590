import type { RetentionPlan } from '../../domain/retention.ts';
import type { Log } from '../observe/log.ts';
import { turns } from '../segments/turns.ts';
import { type NativeColumn, nanoTime, uint64 } from '../store/native-block.ts';
import type { Store } from '../store/store.ts';
import { checkClock, lastPass } from './clock.ts';
import { planRetention } from './plan.ts';
import { agingTables, bytesStored, eraseHidden, removePast } from './remove-past.ts';
import type { RetentionConfig } from './retention-config.ts';

export type RetentionDeps = {
  store: Pick<Store, 'rows' | 'insert' | 'command' | 'derive' | 'shards'>;
  config: RetentionConfig;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Ends work that is under way: what is left is done by the next pass. */
  signal: AbortSignal;
};

/** Removes what is past its age. */
export type Retention = {
  /** What of a project would be removed now. Nothing is changed. */
  plan(project: string): Promise<RetentionPlan>;
  /**
   * Removes it, of all projects, and takes off the disk what was deleted.
   *
   * @param trusted whether a person says that the clock is right @throws AppError CLOCK_UNSURE
   */
  run(trusted: boolean): Promise<void>;
  /** As `run`, once a day. For housekeeping. */
  pass(): Promise<void>;
};

const dayMillis = 86_400_000;

export function openRetention(deps: RetentionDeps): Retention {
  const { store, now } = deps;
  const inTurn = turns();
  let doneAt: number | null = null;

  async function run(trusted: boolean): Promise<void> {
    // Also where it fails: a clock that is wrong stays wrong for a while, and a person may run it.
    doneAt = now();
    await checkClock(store, now(), trusted);
    const before = await bytesStored(deps);
    let rows = 0;
    for (const shard of store.shards) {
      for (const table of agingTables()) rows += await removePast({ ...deps, store: shard }, table);
    }
    await eraseHidden(deps);
    const bytes = Math.max(0, before - (await bytesStored(deps)));
    await store.insert('retention_passes', PASS_COLUMNS, [{ at: now(), rows, bytes }]);
  }

  return {
    plan: (project) => planRetention(deps, project),
    run: (trusted) => inTurn(() => run(trusted)),
    pass: () =>
      inTurn(async () => {
        doneAt ??= await lastPass(store);
        if (Math.floor(now() / dayMillis) > Math.floor(doneAt / dayMillis)) await run(false);
      }),
  };
}

/** The retention of one project. */
export type ProjectRetention = {
  plan(): Promise<RetentionPlan>;
  run(trusted: boolean): Promise<void>;
};

export function bindRetention(retention: Retention, project: string): ProjectRetention {
  return { plan: () => retention.plan(project), run: retention.run };
}

type Pass = { at: number; rows: number; bytes: number };

const PASS_COLUMNS: readonly NativeColumn<Pass>[] = [
  nanoTime('at', ({ at }) => BigInt(at) * 1_000_000n),
  uint64('rows', ({ rows }) => BigInt(rows)),
  uint64('bytes', ({ bytes }) => BigInt(bytes)),
];
