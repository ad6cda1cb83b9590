import { jsonEqual } from './canonical-json.ts';
import type { Effect, Row } from './effect.ts';
import { columnOf } from './match.ts';

/** What became of a row over a trial. */
export type Change = {
  operation: 'insert' | 'update' | 'delete';
  table: string;
  key: string;
  before: Row | null;
  after: Row | null;
  /** The last write that made it so. */
  by: Effect;
  /** All writes that it comes from, in their order. */
  writes: readonly Effect[];
};

/** Writes to one row that left it as it was. */
export type UndoneWrites = Pick<Change, 'by' | 'writes'>;

/**
 * The changes that count. In reversible tables a row counts once, from its first `before` to its last `after`, and
 * a change undone is none; in irreversible ones every write counts. Egress is no change of a table. In the order of
 * the last write of each.
 */
export function netChanges(journal: readonly Effect[]): Change[] {
  return rowHistories(journal).flatMap(({ operation, before, writes, by }) => {
    if (operation === null) return [];
    const { table, key, after } = by;
    return [{ operation, table, key, before, after, by, writes }];
  });
}

/** What `netChanges` leaves out: the rows that were written to and are as they were. */
export function undoneWrites(journal: readonly Effect[]): UndoneWrites[] {
  return rowHistories(journal).flatMap(({ operation, by, writes }) =>
    operation === null ? [{ by, writes }] : [],
  );
}

/** The columns whose values differ between before and after. */
export function changedColumns({ before, after }: Pick<Change, 'before' | 'after'>): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => !jsonEqual(columnOf(before, name), columnOf(after, name)));
}

/** Whether a write left the world other than it was: an update to the same values did not. */
export function changesState({ operation, before, after }: Effect): boolean {
  return operation !== 'egress' && netOperation(before, after) !== null;
}

/** `operation` is `null` where the row is as it was. */
type RowHistory = Pick<Change, 'before' | 'by' | 'writes'> & { operation: Change['operation'] | null };

/** The writes that are judged as one: those to one row, and each by itself where there is no way back. */
function rowHistories(journal: readonly Effect[]): RowHistory[] {
  const writes = journal.filter(({ operation }) => operation !== 'egress');
  const byRow = Map.groupBy(writes, (write) =>
    write.irreversible ? write : JSON.stringify([write.table, write.key]),
  );
  return [...byRow.values()].flatMap(rowHistory).sort((a, b) => a.by.seq - b.by.seq);
}

function rowHistory(writes: readonly Effect[]): RowHistory[] {
  const [first, by] = [writes[0], writes.at(-1)];
  if (!first || !by) return [];
  const operation = by.irreversible ? journaledOperation(by) : netOperation(first.before, by.after);
  return [{ operation, before: first.before, by, writes }];
}

function journaledOperation({ operation }: Effect): Change['operation'] | null {
  return operation === 'egress' ? null : operation;
}

function netOperation(before: Row | null, after: Row | null): Change['operation'] | null {
  if (before === null) return after === null ? null : 'insert';
  if (after === null) return 'delete';
  return changedColumns({ before, after }).length > 0 ? 'update' : null;
}
