import { z } from 'zod';
import { mutate } from '../store/mutate.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';

const columns = z.object({
  partition: z.string(),
  rows: z.int(),
  rows_stored: z.int(),
  bytes: z.int(),
  masked: z.int(),
});

/** `rowsStored` with those that are masked and only no longer read. */
export type Partition = { id: string; rows: number; rowsStored: number; bytes: number; masked: boolean };

const partitions: Query<{ table: string }, typeof columns, Partition> = {
  sql: readSql('partitions.sql', import.meta.dirname),
  columns,
  toValue: (row) => ({
    id: row.partition,
    rows: row.rows,
    rowsStored: row.rows_stored,
    bytes: row.bytes,
    masked: row.masked > 0,
  }),
};
const bytesColumns = z.object({ bytes: z.int() });
const bytesOf: Query<{ tables: readonly string[] }, typeof bytesColumns, number> = {
  sql: readSql('bytes-stored.sql', import.meta.dirname),
  columns: bytesColumns,
  toValue: ({ bytes }) => bytes,
};
const tableColumns = z.object({ table: z.string() });
const maskedTables: Query<Record<string, never>, typeof tableColumns, string> = {
  sql: readSql('masked-tables.sql', import.meta.dirname),
  columns: tableColumns,
  toValue: ({ table }) => table,
};
const dropSql = readSql('drop-partition.sql', import.meta.dirname);
const applyMask = readSql('apply-mask.sql', import.meta.dirname);

/** A partition is written anew once so much of it is masked: each row is moved few times in its life. */
const maskedShare = 0.25;

export function partitionsOf(store: Pick<Store, 'rows'>, table: string): Promise<Partition[]> {
  return store.rows(partitions, { table });
}

/** What the tables take on the disk, in bytes. */
export async function bytesOn(store: Pick<Store, 'rows'>, tables: readonly string[]): Promise<number> {
  const [bytes = 0] = await store.rows(bytesOf, { tables });
  return bytes;
}

export function dropPartition(store: Pick<Store, 'command'>, table: string, id: string): Promise<void> {
  return store.command(dropSql, { table, partition: id });
}

/** Takes masked rows off the disk: where they are many, or `all`. */
export async function eraseMasked(
  store: Pick<Store, 'rows' | 'shards'>,
  tables: readonly string[],
  { all, signal }: { all: boolean; signal: AbortSignal },
): Promise<void> {
  const withMasked = new Set(await store.rows(maskedTables, {}));
  for (const table of tables.filter((one) => withMasked.has(one))) {
    for (const { id, masked, rows, rowsStored } of await partitionsOf(store, table)) {
      if (!masked || !(all || rows <= rowsStored * (1 - maskedShare))) continue;
      await mutate(store, { table, sql: applyMask, params: { partition: id }, signal });
    }
  }
}
