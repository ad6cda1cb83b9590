import { z } from 'zod';
import { GRACE_SECONDS } from '../plan-hours.ts';
import { type Query, readSql } from '../store/query.ts';
import { drawBuild } from './build-number.ts';
import { onEach, type RebuildDeps } from './rebuild-hours.ts';

const rebuild = readSql('rebuild-words.sql', import.meta.dirname);
const noteBuilds = readSql('note-word-builds.sql', import.meta.dirname);

const hourColumns = z.object({
  of_project: z.string(),
  hour_seconds: z.int(),
  traces: z.int(),
  now_millis: z.int(),
});
type WordlessHour = { project: string; hour: number; traces: number; now: number };
const wordlessHours: Query<{ grace: number; limit: number }, typeof hourColumns, WordlessHour> = {
  sql: readSql('wordless-hours.sql', import.meta.dirname),
  columns: hourColumns,
  toValue: (row) => ({
    project: row.of_project,
    hour: row.hour_seconds,
    traces: row.traces,
    now: row.now_millis,
  }),
};

/** Of a statement: a pass that is cut off ends after it, and others wait no longer for the store. */
const tracesAtOnce = 5000;
/** Trace ids are told apart by their first two bytes. */
const prefixes = 65_536;

/**
 * Gathers again the words of the hours whose text has changed and is quiet now, the latest first, and returns how many
 * those were. The text lies in the order of traces and not of time: hours that are done together are read once.
 */
export async function rebuildWords(
  { store, graceSeconds = GRACE_SECONDS, most = 240 }: RebuildDeps,
  signal?: AbortSignal,
): Promise<number> {
  const wordless = await store.rows(wordlessHours, { grace: graceSeconds, limit: most });
  for (const [project, some] of Map.groupBy(wordless, (row) => row.project)) {
    const hours = some.map(({ hour }) => hour);
    // By the server's clock, as for figures: what comes later marks the hour again.
    const began = some[0]?.now ?? 0;
    const build = drawBuild(began);
    const traces = some.reduce((sum, hour) => sum + hour.traces, 0);
    for (const range of slices(Math.min(prefixes, Math.ceil(traces / tracesAtOnce) || 1))) {
      if (signal?.aborted) return wordless.length;
      await onEach(store, (shard) => shard.derive(rebuild, { project, hours, build, ...range }));
    }
    await onEach(store, (shard) => shard.derive(noteBuilds, { project, hours, build, began }));
  }
  return wordless.length;
}

/** Ranges of trace ids in hex, each with about the same share of the spans. */
function* slices(count: number): Generator<{ first: string; last: string }> {
  const bound = (slice: number) => Math.floor((slice * prefixes) / count);
  const prefix = (value: number) => value.toString(16).padStart(4, '0');
  for (let slice = 0; slice < count; slice++) {
    yield {
      first: prefix(bound(slice)).padEnd(32, '0'),
      last: prefix(bound(slice + 1) - 1).padEnd(32, 'f'),
    };
  }
}
