import { enclosingCallsOfHours, GRACE_SECONDS } from '../plan-hours.ts';
import { dirtyHours } from '../queries/dirty-hours.ts';
import { readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import { drawBuild, leastBuild } from './build-number.ts';
import { dropMovedSpans } from './moved-spans.ts';

const rebuild = readSql('rebuild-hours.sql', import.meta.dirname);
const rebuildTraces = readSql('rebuild-traces.sql', import.meta.dirname);
const noteBuilds = readSql('note-builds.sql', import.meta.dirname);
const dropOldBuilds = readSql('drop-old-builds.sql', import.meta.dirname);

/** What is built by the hour, and where its builds are noted. */
const BUILT = [
  { table: 'span_hours', notes: 'span_hour_builds' },
  { table: 'trace_hours', notes: 'span_hour_builds' },
  { table: 'trace_words', notes: 'trace_word_builds' },
];

export type RebuildDeps = {
  store: Pick<Store, 'rows' | 'derive' | 'command' | 'shards'>;
  graceSeconds?: number;
  /** Hours of a pass at most. */
  most?: number;
};

/** Hours that are summed up by one statement. */
const hoursAtOnce = 24;
/** A reader that has been told an older build may be at it for so long. */
const readersMilliseconds = 10 * 60_000;

/**
 * Sums up again the hours whose spans have changed and are quiet now, and returns how many those were. Hours that still
 * change are left to the readers. A pass that is cut off leaves nothing that is read.
 */
export async function rebuildHours(
  { store, graceSeconds = GRACE_SECONDS, most = 48 }: RebuildDeps,
  signal?: AbortSignal,
): Promise<number> {
  const dirty = await store.rows(dirtyHours, { grace: graceSeconds, limit: most });
  const projects = Map.groupBy(dirty, ({ project }) => project);
  for (const [project, hoursOfProject] of projects) {
    for (let place = 0; place < hoursOfProject.length; place += hoursAtOnce) {
      if (signal?.aborted) return dirty.length;
      const some = hoursOfProject.slice(place, place + hoursAtOnce);
      const hours = some.map(({ hour }) => hour);
      // The time at which the hours were known to be quiet, by the server's clock: what comes later marks them again.
      const began = some[0]?.now ?? 0;
      const build = drawBuild(began);
      await dropMovedSpans(store, project, hours);
      const enclosing = await enclosingCallsOfHours(store, project, hours);
      await onEach(store, async (shard) => {
        await shard.derive(rebuild, { project, hours, build, enclosing });
        await shard.derive(rebuildTraces, { project, hours, build, enclosing });
      });
      await onEach(store, (shard) => shard.derive(noteBuilds, { project, hours, build, began }));
    }
  }
  return dirty.length;
}

/** A build is noted once every shard has its part of it: whoever finds one note may read all parts. */
export async function onEach(
  { shards }: Pick<Store, 'shards'>,
  work: (shard: Store) => Promise<void>,
): Promise<void> {
  await Promise.all(shards.map(work));
}

/** Deletes the rows of builds that have been replaced. */
export async function dropReplacedBuilds(
  { store }: { store: Pick<Store, 'command'> },
  now: number,
): Promise<void> {
  const before = leastBuild(now - readersMilliseconds);
  for (const built of BUILT) await store.command(dropOldBuilds, { ...built, before });
}
