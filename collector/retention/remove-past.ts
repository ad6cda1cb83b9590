import { storedTombstones, storeTombstones } from '../deletion/tombstone.ts';
import { mutate } from '../store/mutate.ts';
import { readSql } from '../store/query.ts';
import { tablesThat } from '../store/tables.ts';
import { bytesOn, dropPartition, eraseMasked, partitionsOf } from './partitions.ts';
import { deletePast, findHours, findPast, pastParams, sumRows } from './past-age.ts';
import type { RetentionDeps } from './retention.ts';

const markWords = readSql('mark-words.sql', import.meta.dirname);
/** Their text is in the words of hours, which are gathered again from what is left. */
const textTables = new Set(['span_payloads', 'logs']);
/** By these it is told which rows are held: they go last. */
const markTables = new Set(['span_hour_marks', 'log_hour_marks']);

/** The tables whose rows age, in the order in which they are removed. */
export function agingTables(): string[] {
  const tables = tablesThat(({ ages }) => ages !== null);
  return [...tables.filter((table) => !markTables.has(table)), ...markTables];
}

/**
 * Removes what is past its age in a table: whole partitions at once where all of it is, else row by row. What comes in with
 * such a time between the look and the drop goes with it, unseen: it would have gone with the next pass.
 *
 * @returns how many rows it removed.
 */
export async function removePast(deps: RetentionDeps, table: string): Promise<number> {
  const { store, config, now, signal, log } = deps;
  const params = pastParams(config, table, now());
  const past = params === null ? [] : await findPast(store, params);
  if (params === null || past.length === 0) return 0;
  const hours = textTables.has(table) ? await findHours(store, params) : [];
  const partitions = new Map((await partitionsOf(store, table)).map((one) => [one.id, one.rows]));
  let left = false;
  for (const [id, rows] of Map.groupBy(past, ({ partition }) => partition)) {
    if (sumRows(rows) === partitions.get(id)) await dropPartition(store, table, id);
    else left = true;
  }
  if (left) await mutate(store, { table, sql: deletePast, params, signal });
  if (hours.length > 0) {
    const projects = hours.map(({ project }) => project);
    // No later: an hour that was written to of late is held back.
    const at = params.heldSince - 1;
    await store.derive(markWords, { projects, at, hours: hours.map(({ hour }) => hour) });
  }
  const first = Math.min(...past.map(({ from }) => from));
  const last = Math.max(...past.map(({ to }) => to));
  const rows = sumRows(past);
  const days = { from: dayOf(first), to: dayOf(last) };
  log(
    'retention.removed',
    `removed ${rows} rows of ${table} past their age, from ${days.from} to ${days.to}`,
    {
      table,
      rows,
      ...days,
    },
  );
  return sumRows(past);
}

/** Takes off the disk what no reader sees any more: all of it where somebody had something deleted. */
export async function eraseHidden({ store, signal }: RetentionDeps): Promise<void> {
  const hidden = await store.rows(storedTombstones, { states: ['hidden'] });
  const tables = tablesThat(({ role }) => role !== 'ledger');
  for (const shard of store.shards) await eraseMasked(shard, tables, { all: hidden.length > 0, signal });
  await storeTombstones(
    store,
    hidden.map((tombstone) => ({ ...tombstone, state: 'erased' })),
  );
}

/** @returns what the tables take on the disk, in bytes. */
export async function bytesStored({ store }: Pick<RetentionDeps, 'store'>): Promise<number> {
  let bytes = 0;
  for (const shard of store.shards) bytes += await bytesOn(shard, agingTables());
  return bytes;
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
