import { compareColumns, fits, isSameKind, wrongColumns } from './column-differences.ts';
import type { ExpectedEffect } from './expected-effect.ts';
import type { IdBinding } from './id-binding.ts';
import type { Change } from './net-changes.ts';
import { type Pairing, type Pairs, pairFitting } from './pair-with-ids.ts';

/**
 * Pairs expected effects with changes, in any order of either. `met` are as many as can be that fit in every column, so
 * that a loose expectation never takes the change of a strict one. `again` are changes that know no way back and do once
 * more what an expected effect was met by, with that effect. `near` joins what is still due with the most similar change
 * of its operation and table that is left and not allowed.
 */
export function pairEffects(
  effects: readonly ExpectedEffect[],
  changes: readonly Change[],
  isAllowed: (change: Change) => boolean,
): Pairing & { near: Pairs; again: ReadonlyMap<Change, ExpectedEffect> } {
  // An allowed change must not take the place of one that has no other excuse.
  const strict = changes.filter((change) => !isAllowed(change));
  const { met, ids } = pairFitting(effects, [...strict, ...changes.filter(isAllowed)], strict.length);
  const matched = new Set(met.values());
  const left = strict.filter((change) => !matched.has(change));
  const again = new Map(
    left.flatMap((change): [Change, ExpectedEffect][] => {
      const twin = effects.find((effect, place) => met.has(place) && isAgain(effect, change, ids));
      return twin && change.by.irreversible ? [[change, twin]] : [];
    }),
  );
  const near = pairNearest(
    effects.flatMap((effect, index) => (met.has(index) ? [] : [{ effect, index }])),
    left.filter((change) => !again.has(change)),
    ids,
  );
  return { met, ids, near, again };
}

/** Whether a change does what an effect asks for once more: a new row has an id of its own, the rest is the same. */
export function isAgain(effect: ExpectedEffect, change: Change, ids: IdBinding): boolean {
  const own = effect.operation === 'insert' && effect.key?.is === 'id' ? effect.key.name : null;
  return fits(effect, change, new Map([...ids].filter(([name]) => name !== own)));
}

function pairNearest(
  due: readonly { effect: ExpectedEffect; index: number }[],
  changes: readonly Change[],
  ids: IdBinding,
): Pairs {
  const candidates = due
    .flatMap(({ effect, index }) =>
      changes
        .filter((change) => isSameKind(effect, change))
        .map((change) => ({
          index,
          change,
          wrong: wrongColumns(compareColumns(effect, change, ids)).length,
        })),
    )
    .sort((a, b) => a.wrong - b.wrong || a.change.by.seq - b.change.by.seq);
  const pairs = new Map<number, Change>();
  const taken = new Set<Change>();
  for (const { index, change } of candidates) {
    if (pairs.has(index) || taken.has(change)) continue;
    pairs.set(index, change);
    taken.add(change);
  }
  return pairs;
}
