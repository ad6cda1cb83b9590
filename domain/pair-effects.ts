import { maximumMatching } from './bipartite-matching.ts';
import { compareColumns, fits, isSameKind, wrongColumns } from './column-differences.ts';
import type { ExpectedEffect } from './expected-effect.ts';
import type { Change } from './net-changes.ts';

/** By the place of an expected effect, the change that stands beside it. */
export type Pairs = ReadonlyMap<number, Change>;

/**
 * Pairs expected effects with changes, in any order of either. `met` are as many as can be that fit in every column, so
 * that a loose expectation never takes the change of a strict one; `near` joins what is still due with the most
 * similar change of its operation and table that is left and not allowed.
 */
export function pairEffects(
  effects: readonly ExpectedEffect[],
  changes: readonly Change[],
  isAllowed: (change: Change) => boolean,
): { met: Pairs; near: Pairs } {
  // The matching favours what comes first: an allowed change must not take the place of one that has no other excuse.
  const strict = changes.filter((change) => !isAllowed(change));
  const met = pairFitting(effects, [...strict, ...changes.filter(isAllowed)]);
  const matched = new Set(met.values());
  const near = pairNearest(
    effects.flatMap((effect, index) => (met.has(index) ? [] : [{ effect, index }])),
    strict.filter((change) => !matched.has(change)),
  );
  return { met, near };
}

function pairFitting(effects: readonly ExpectedEffect[], changes: readonly Change[]): Pairs {
  const found = maximumMatching(changes.length, effects.length, (left, right) => {
    const [change, effect] = [changes[left], effects[right]];
    return change !== undefined && effect !== undefined && fits(effect, change);
  });
  return new Map(
    changes.flatMap((change, left): [number, Change][] => {
      const right = found[left] ?? null;
      return right === null ? [] : [[right, change]];
    }),
  );
}

function pairNearest(
  due: readonly { effect: ExpectedEffect; index: number }[],
  changes: readonly Change[],
): Pairs {
  const candidates = due
    .flatMap(({ effect, index }) =>
      changes
        .filter((change) => isSameKind(effect, change))
        .map((change) => ({ index, change, wrong: wrongColumns(compareColumns(effect, change)).length })),
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
