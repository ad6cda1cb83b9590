import { jsonEqual } from '../../../../domain/canonical-json.ts';
import type { Effect } from '../../../../domain/effect.ts';

/** What is left of the writes to one row. */
export type NetEffect = {
  effect: Effect;
  /** How many writes of the journal it stands for. */
  writes: number;
  /** The writes cancel each other: the row is as it was. */
  undone: boolean;
};

/**
 * The journal as it is judged: the writes to one row of a reversible table count as one change from its first state
 * to its last; writes to irreversible tables and requests to unknown hosts each count by themselves.
 */
export function netEffects(journal: readonly Effect[]): NetEffect[] {
  const groups = Map.groupBy(journal, (effect) =>
    effect.irreversible || effect.operation === 'egress' ? effect.seq : `${effect.table} ${effect.key}`,
  );
  return [...groups.values()].flatMap((writes) => {
    const first = writes[0];
    const last = writes.at(-1);
    return first && last ? [fold(first, last, writes.length)] : [];
  });
}

function fold(first: Effect, last: Effect, writes: number): NetEffect {
  const { before } = first;
  const { after } = last;
  if (writes === 1) return { effect: first, writes, undone: false };
  const operation = before === null ? 'insert' : after === null ? 'delete' : 'update';
  return { effect: { ...last, operation, before, after }, writes, undone: jsonEqual(before, after) };
}
