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
};

/**
 * The changes that count. In reversible tables a row counts once, from its first `before` to its last `after`, and
 * a change undone is none; in irreversible ones every write counts. Egress is no change of a table. In the order of
 * the last write of each.
 */
export function netChanges(journal: readonly Effect[]): Change[] {
  const changes: Change[] = [];
  const firstBefore = new Map<string, Row | null>();
  const last = new Map<string, Effect>();
  for (const effect of journal) {
    if (effect.operation === 'egress') continue;
    const { operation, table, key, before, after } = effect;
    if (effect.irreversible) {
      changes.push({ operation, table, key, before, after, by: effect });
      continue;
    }
    const place = JSON.stringify([table, key]);
    if (!firstBefore.has(place)) firstBefore.set(place, before);
    last.set(place, effect);
  }
  for (const [place, effect] of last) {
    const before = firstBefore.get(place) ?? null;
    const operation = netOperation(before, effect.after);
    if (operation) {
      changes.push({
        operation,
        table: effect.table,
        key: effect.key,
        before,
        after: effect.after,
        by: effect,
      });
    }
  }
  return changes.sort((a, b) => a.by.seq - b.by.seq);
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

function netOperation(before: Row | null, after: Row | null): Change['operation'] | null {
  if (before === null) return after === null ? null : 'insert';
  if (after === null) return 'delete';
  return changedColumns({ before, after }).length > 0 ? 'update' : null;
}
