import type { DeletedRows, Deletion, DeletionTarget } from '../../domain/deletion.ts';
import { AppError } from '../../domain/errors.ts';
import { micros } from '../../domain/units.ts';
import type { Log } from '../observe/log.ts';
import { turns } from '../segments/turns.ts';
import type { Store } from '../store/store.ts';
import { isUnavailable } from '../store/store-error.ts';
import { applyPending } from './apply.ts';
import { tracesOfSubjects, trialsOfTraces } from './find.ts';
import { noteReturned } from './returned.ts';
import {
  countThings,
  type DeleteStatement,
  isOfSource,
  projectStatements,
  subjectsStatements,
  tracesStatements,
  trialsStatements,
} from './statements.ts';
import { STATES, storedTombstones, storeTombstones, type Tombstone } from './tombstone.ts';
import type { Tombstones } from './tombstones.ts';

export type DeletionDeps = {
  store: Pick<Store, 'rows' | 'insert' | 'command' | 'derive' | 'shards'>;
  /** The part where the notes of deletions lie: it tells them while another is away. */
  home: Pick<Store, 'rows'>;
  tombstones: Tombstones;
  /** Resolves when all that was acknowledged before can be read, and so be deleted. */
  settled: (signal?: AbortSignal) => Promise<void>;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Ends work that is under way: it goes on at the next start. */
  signal: AbortSignal;
};

/** Deletes for good what people ask to have deleted. */
export type Deletions = {
  /** What a deletion would take. Nothing is changed. */
  preview(project: string, target: DeletionTarget): Promise<Deletion>;
  /**
   * Resolves when no reader sees the target any more. Once it is noted, which is the first that is done, it goes on by
   * itself: after a failure, or at the next start.
   */
  delete(project: string, target: DeletionTarget): Promise<Deletion>;
  /** Goes on with what was noted, and deletes again what came back. For housekeeping. */
  pass(): Promise<void>;
  /** Looks at the next pass for all that was ever deleted: something was stored by another way than ingest. */
  suspectReturn(): void;
};

/** The deletions of one project. */
export type ProjectDeletions = {
  preview(target: OwnTarget): Promise<Deletion>;
  delete(target: OwnTarget): Promise<Deletion>;
};

/** The project itself needs no name: no other can be meant. */
type OwnTarget = { kind: 'trace' | 'subject'; id: string } | { kind: 'project' };

export function bindDeletions(deletions: Deletions, project: string): ProjectDeletions {
  const of = (target: OwnTarget): DeletionTarget =>
    target.kind === 'project' ? { ...target, id: project } : target;
  return {
    preview: (target) => deletions.preview(project, of(target)),
    delete: (target) => deletions.delete(project, of(target)),
  };
}

/** Between two looks for what came back by the segments of another collector, a quarantine or an import. */
const returnMillis = 86_400_000;

/** @param deps its tombstones are filled from the store before this resolves, or by the first pass where it is away. */
export async function openDeletions(deps: DeletionDeps): Promise<Deletions> {
  const { store, home, tombstones, now } = deps;
  const inTurn = turns();
  const stored = await home.rows(storedTombstones, { states: STATES }).catch((error: unknown) => {
    if (isUnavailable(error)) return null;
    throw error;
  });
  tombstones.add(stored ?? []);
  // What came while the notes could not be read is looked for once they can.
  let nextLook = stored?.length === 0 ? now() + returnMillis : 0;

  async function preview(project: string, { kind, id }: DeletionTarget): Promise<Deletion> {
    const statements = await statementsOf(store, { project, kind, id, deletedAt: micros(now() * 1000) });
    const tables: DeletedRows = [];
    for (const statement of statements) {
      const rows = await countThings(store, statement);
      const same = tables.find(({ table }) => table === statement.table);
      if (same) same.rows += rows;
      else if (rows > 0) tables.push({ table: statement.table, rows });
    }
    return { kind, id, tables, done: false };
  }

  return {
    preview,
    async delete(project, target) {
      await deps.settled(deps.signal);
      const before = await preview(project, target);
      const deletedAt = micros(now() * 1000);
      const tombstone: Tombstone = { project, ...target, deletedAt, state: 'pending' };
      await storeTombstones(store, [tombstone]);
      tombstones.add([tombstone]);
      await inTurn(() => applyPending(deps));
      return { ...before, done: true };
    },
    pass: () =>
      inTurn(async () => {
        if (now() >= nextLook) {
          // What an earlier process had acknowledged is stored by now.
          await deps.settled(deps.signal);
          tombstones.add(await home.rows(storedTombstones, { states: STATES }));
          await noteReturned(deps);
          nextLook = now() + returnMillis;
        }
        await applyPending(deps);
      }),
    suspectReturn() {
      nextLook = 0;
    },
  };
}

/** What is looked at for a preview: things that were received, each in one table. */
async function statementsOf(
  store: Pick<Store, 'rows'>,
  target: Omit<Tombstone, 'state'>,
): Promise<DeleteStatement[]> {
  const { project, kind, id, deletedAt } = target;
  switch (kind) {
    case 'project':
      return projectStatements(project, deletedAt).filter(isOfSource);
    case 'trace':
    case 'subject': {
      const traces = kind === 'trace' ? [id] : await tracesOfSubjects(store, project, [target]);
      const trials = await trialsOfTraces(store, project, traces);
      return [
        ...tracesStatements(project, traces).filter(isOfSource),
        ...trialsStatements(project, trials),
        ...(kind === 'subject' ? subjectsStatements(project, [target]) : []),
      ];
    }
    case 'trial':
      throw new AppError('INTERNAL', 'a trial is deleted with its trace alone');
  }
}
