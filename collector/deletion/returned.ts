import { micros } from '../../domain/units.ts';
import { noteTraces } from './apply.ts';
import type { DeletionDeps } from './deletions.ts';
import { returnedTraces, tracesOfSubjects } from './find.ts';
import { countRows, type DeleteStatement, projectStatements, subjectsStatements } from './statements.ts';
import { storedTombstones, storeTombstones, type Tombstone } from './tombstone.ts';

/**
 * Notes again as to be deleted what was deleted once and has rows now: it came by another way than ingest, say in the
 * segments of another collector.
 */
export async function noteReturned(deps: DeletionDeps): Promise<void> {
  const { store, log } = deps;
  const returned = await store.rows(returnedTraces, {});
  for (const [project, traces] of Map.groupBy(returned, (trace) => trace.project)) {
    const ids = traces.map(({ id }) => id);
    await noteTraces(deps, project, ids);
    log('deletions.returned', `${ids.length} deleted traces of ${project} came back and are deleted again`, {
      project,
      traces: ids.length,
    });
  }
  const done = await store.rows(storedTombstones, { states: ['hidden', 'erased'] });
  for (const [project, tombstones] of Map.groupBy(done, (tombstone) => tombstone.project)) {
    const subjects = tombstones.filter(({ kind }) => kind === 'subject');
    const found = await tracesOfSubjects(store, project, subjects);
    if (found.length > 0 || (await anyRows(store, subjectsStatements(project, subjects)))) {
      await deleteAgain(deps, subjects);
    }
    for (const one of tombstones.filter(({ kind }) => kind === 'project')) {
      if (await anyRows(store, projectStatements(project, one.deletedAt))) await deleteAgain(deps, [one]);
    }
  }
}

/** A moment later than before, since what came of them after they were deleted stays; it makes the row the latest. */
async function deleteAgain({ store }: DeletionDeps, tombstones: readonly Tombstone[]): Promise<void> {
  const again = tombstones.map(
    (one): Tombstone => ({ ...one, deletedAt: micros(one.deletedAt + 1), state: 'pending' }),
  );
  await storeTombstones(store, again);
}

async function anyRows(
  store: DeletionDeps['store'],
  statements: readonly DeleteStatement[],
): Promise<boolean> {
  for (const statement of statements) {
    if ((await countRows(store, statement)) > 0) return true;
  }
  return false;
}
