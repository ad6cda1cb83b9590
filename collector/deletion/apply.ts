import { micros } from '../../domain/units.ts';
import { mutate } from '../store/mutate.ts';
import { readSql } from '../store/query.ts';
import type { DeletionDeps } from './deletions.ts';
import { hoursOfTraces, tracesOfSubjects, trialsOfTraces } from './find.ts';
import {
  countRows,
  type DeleteStatement,
  projectStatements,
  subjectsStatements,
  tracesStatements,
  trialsStatements,
} from './statements.ts';
import { storedTombstones, storeTombstones, type Tombstone } from './tombstone.ts';

const markHours = readSql('mark-hours.sql', import.meta.dirname);
/** Traces that are deleted by one statement. */
const tracesAtOnce = 1000;
const hourMicros = 3_600_000_000;

/**
 * Deletes what was noted and is not done. It may be cut off anywhere and be run again: whatever else is to be deleted is
 * noted before anything is, and what leads to other rows is deleted last.
 */
export async function applyPending(deps: DeletionDeps): Promise<void> {
  for (const { project, ids } of deps.tombstones.found()) {
    await noteTraces(deps, project, ids);
    deps.tombstones.noted(project, ids);
  }
  const pending = await pendingTombstones(deps);
  if (pending.length === 0) return;
  // What was acknowledged before it was known to be deleted may be on its way still.
  await deps.settled(deps.signal);
  for (const [project, tombstones] of Map.groupBy(pending, (tombstone) => tombstone.project)) {
    await deleteSubjectsOf(deps, project, tombstones);
  }
  for (const [project, tombstones] of Map.groupBy(await pendingTombstones(deps), (one) => one.project)) {
    const traces = ofKind(tombstones, 'trace');
    for (let place = 0; place < traces.length; place += tracesAtOnce) {
      await deleteTraces(deps, project, traces.slice(place, place + tracesAtOnce));
    }
  }
  for (const [project, tombstones] of Map.groupBy(await pendingTombstones(deps), (one) => one.project)) {
    const trials = ofKind(tombstones, 'trial');
    await run(deps, trialsStatements(project, trials.map(idOf)));
    await advance(deps, trials);
    for (const one of ofKind(tombstones, 'project')) await deleteProject(deps, one);
  }
}

/** Notes traces as deleted, whose rows are still to be taken away. */
export async function noteTraces(deps: DeletionDeps, project: string, ids: readonly string[]): Promise<void> {
  await note(deps, project, 'trace', ids);
}

/** Their traces are left to be deleted with the others. */
async function deleteSubjectsOf(
  deps: DeletionDeps,
  project: string,
  tombstones: readonly Tombstone[],
): Promise<void> {
  const subjects = ofKind(tombstones, 'subject');
  await noteTraces(deps, project, await tracesOfSubjects(deps.store, project, subjects));
  await run(deps, subjectsStatements(project, subjects));
  await advance(deps, subjects);
}

async function deleteTraces(
  deps: DeletionDeps,
  project: string,
  traces: readonly Tombstone[],
): Promise<void> {
  const ids = traces.map(idOf);
  await note(deps, project, 'trial', await trialsOfTraces(deps.store, project, ids));
  const hours = await hoursOfTraces(deps.store, project, ids);
  const mark = () => deps.store.derive(markHours, { project, hours });
  const statements = tracesStatements(project, ids);
  // From now on readers count the spans of these hours and not what was summed up before.
  if (hours.length > 0) await mark();
  await run(deps, statements.slice(0, -1));
  // A rebuild that began meanwhile may have seen rows that are gone now.
  if (hours.length > 0) await mark();
  await run(deps, statements.slice(-1));
  await advance(deps, traces);
}

async function deleteProject(deps: DeletionDeps, tombstone: Tombstone): Promise<void> {
  const { project, deletedAt } = tombstone;
  // The hour in which it was deleted may go on.
  const hours = [Math.floor(deletedAt / hourMicros) * 3600];
  await run(deps, projectStatements(project, deletedAt));
  await deps.store.derive(markHours, { project, hours });
  await advance(deps, [tombstone]);
}

async function run(deps: DeletionDeps, statements: readonly DeleteStatement[]): Promise<void> {
  for (const statement of statements) {
    if ((await countRows(deps.store, statement)) === 0) continue;
    await mutate(deps.store, { ...statement, signal: deps.signal });
  }
}

async function note(
  { store, tombstones, now }: DeletionDeps,
  project: string,
  kind: 'trace' | 'trial',
  ids: readonly string[],
): Promise<void> {
  const deletedAt = micros(now() * 1000);
  const noted = ids.map((id): Tombstone => ({ project, kind, id, deletedAt, state: 'pending' }));
  tombstones.add(noted);
  await storeTombstones(store, noted);
}

/** No reader sees them any more. */
function advance({ store }: DeletionDeps, tombstones: readonly Tombstone[]): Promise<void> {
  return storeTombstones(
    store,
    tombstones.map((tombstone) => ({ ...tombstone, state: 'hidden' })),
  );
}

function pendingTombstones({ store }: DeletionDeps): Promise<Tombstone[]> {
  return store.rows(storedTombstones, { states: ['pending'] });
}

function ofKind(tombstones: readonly Tombstone[], kind: Tombstone['kind']): Tombstone[] {
  return tombstones.filter((tombstone) => tombstone.kind === kind);
}

function idOf({ id }: { id: string }): string {
  return id;
}
