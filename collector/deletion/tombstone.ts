import { z } from 'zod';
import { Micros } from '../../domain/units.ts';
import { type NativeColumn, nanoTime, text, uint64, words } from '../store/native-block.ts';
import { type Query, readSql } from '../store/query.ts';
import type { Store } from '../store/store.ts';

const KINDS = ['trace', 'trial', 'subject', 'project'] as const;
export const STATES = ['pending', 'hidden', 'erased'] as const;

/** What was deleted: see schema/0080-tombstones.sql. */
export type Tombstone = {
  project: string;
  kind: (typeof KINDS)[number];
  id: string;
  deletedAt: Micros;
  state: (typeof STATES)[number];
};

const columns = z.object({
  of_project: z.string(),
  kind: z.enum(KINDS),
  id: z.string(),
  deleted_micros: Micros,
  state: z.enum(STATES),
});

/** Those in one of some states. */
export const storedTombstones: Query<{ states: readonly string[] }, typeof columns, Tombstone> = {
  sql: readSql('tombstones.sql', import.meta.dirname),
  columns,
  toValue: ({ of_project: project, kind, id, deleted_micros: deletedAt, state }) => ({
    project,
    kind,
    id,
    deletedAt,
    state,
  }),
};

export function storeTombstones(
  store: Pick<Store, 'insert'>,
  tombstones: readonly Tombstone[],
): Promise<void> {
  return store.insert('tombstones', COLUMNS, tombstones);
}

/** Of several rows of one thing the highest stays: the latest request to delete, and of it the last step. */
export function versionOf({ deletedAt, state }: Tombstone): bigint {
  return BigInt(deletedAt) * BigInt(STATES.length) + BigInt(STATES.indexOf(state));
}

const COLUMNS: readonly NativeColumn<Tombstone>[] = [
  words('project', ({ project }) => project),
  words('kind', ({ kind }) => kind),
  text('id', ({ id }) => id),
  uint64('version', versionOf),
  nanoTime('deleted_at', ({ deletedAt }) => BigInt(deletedAt) * 1000n),
  words('state', ({ state }) => state),
];
