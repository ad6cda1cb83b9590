import type { Effect } from '../../../../domain/effect.ts';
import { netChanges } from '../../../../domain/net-changes.ts';

/** What is left of the writes to one row. */
export type NetEffect = {
  /** The last of them, from the row's first state to its last. */
  effect: Effect;
  /** How many writes of the journal it stands for. */
  writes: number;
  /** They cancel each other: the row is as it was. */
  undone: boolean;
};

/**
 * The journal as it is judged (see `netChanges`), with what judging leaves out: the rows that are as they were, and
 * the requests to unknown hosts. In the order of the journal.
 */
export function netEffects(journal: readonly Effect[]): NetEffect[] {
  const writesTo = Map.groupBy(journal, rowOf);
  const count = (effect: Effect) => writesTo.get(rowOf(effect))?.length ?? 1;
  const changes = netChanges(journal).map(({ by, operation, before, after }): NetEffect => {
    return { effect: { ...by, operation, before, after }, writes: count(by), undone: false };
  });
  const changed = new Set(changes.map(({ effect }) => effect.seq));
  const rest = [...writesTo.values()].flatMap((writes): NetEffect[] => {
    const last = writes.at(-1);
    if (!last || changed.has(last.seq)) return [];
    return [{ effect: last, writes: writes.length, undone: last.operation !== 'egress' }];
  });
  return [...changes, ...rest].sort((a, b) => a.effect.seq - b.effect.seq);
}

/** Writes to irreversible tables and requests to unknown hosts each stand by themselves. */
function rowOf({ seq, operation, table, key, irreversible }: Effect): string {
  return irreversible || operation === 'egress' ? String(seq) : JSON.stringify([table, key]);
}
