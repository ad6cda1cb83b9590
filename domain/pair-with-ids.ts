import { maximumMatching } from './bipartite-matching.ts';
import { compareColumns, fits, isSameKind, namedIds, namesIds, wrongColumns } from './column-differences.ts';
import type { ExpectedEffect } from './expected-effect.ts';
import { type IdBinding, mayStandFor, NO_IDS } from './id-binding.ts';
import type { Change } from './net-changes.ts';

/** By the place of an expected effect, the change that stands beside it. */
export type Pairs = ReadonlyMap<number, Change>;

/** Effects with the changes that meet them, and what their names of ids then stand for. */
export type Pairing = { met: Pairs; ids: IdBinding };

/**
 * So many steps the search for ids takes at most; what it has found by then counts. An effect more or less constrained
 * by others' ids takes one step, so scenarios of people stay far below.
 */
const MOST_STEPS = 10_000;

/**
 * Pairs as many effects as can be with changes that fit them, so that names of ids stand for values one to one. `changes`
 * come in the order of their preference; of pairings that meet equally many effects, one that uses most of the first
 * `preferred` is taken. Effects without ids are matched exactly (O(changes x effects^2)); those with ids are tried, the
 * most constrained first, within `MOST_STEPS`.
 */
export function pairFitting(
  effects: readonly ExpectedEffect[],
  changes: readonly Change[],
  preferred: number,
): Pairing {
  const places = effects.map((_, place) => place);
  const options = new Map(
    effects.flatMap((effect, place): [number, Option[]][] =>
      namesIds(effect) ? [[place, optionsOf(effect, changes)]] : [],
    ),
  );
  const plain = places.filter((place) => !options.has(place));
  let best: Pairing & { used: number } = { met: new Map(), ids: NO_IDS, used: -1 };
  let steps = 0;

  const keep = (met: Map<number, Change>, ids: IdBinding) => {
    const taken = new Set(met.values());
    const left = changes.filter((change) => !taken.has(change));
    const all = new Map([...met, ...matchPlain(effects, plain, left)]);
    const used = [...all.values()].filter((change) => changes.indexOf(change) < preferred).length;
    if (all.size > best.met.size || (all.size === best.met.size && used > best.used)) {
      best = { met: all, ids, used };
    }
  };
  const cannotGain = (most: number) =>
    most < best.met.size || (most === best.met.size && best.used >= Math.min(preferred, most));

  const seek = (open: readonly number[], met: Map<number, Change>, ids: IdBinding) => {
    steps += 1;
    if (steps > MOST_STEPS || cannotGain(met.size + open.length + plain.length)) return;
    if (open.length === 0) return keep(met, ids);
    const taken = new Set(met.values());
    const choices = open.map((place) => ({
      place,
      left: (options.get(place) ?? []).filter(
        (option) => !taken.has(option.change) && isConsistent(option, ids),
      ),
    }));
    const next = choices.reduce((tightest, choice) =>
      choice.left.length < tightest.left.length ? choice : tightest,
    );
    const rest = open.filter((place) => place !== next.place);
    for (const { change, ids: found } of next.left) {
      seek(rest, new Map([...met, [next.place, change]]), new Map([...ids, ...found]));
    }
    seek(rest, met, ids);
  };

  seek([...options.keys()], new Map(), NO_IDS);
  return { met: best.met, ids: best.ids };
}

/** A change that fits an effect, with the ids that this needs. */
type Option = { change: Change; ids: readonly [name: string, value: string][] };

function optionsOf(effect: ExpectedEffect, changes: readonly Change[]): Option[] {
  return changes.flatMap((change) => {
    if (!isSameKind(effect, change)) return [];
    const columns = compareColumns(effect, change);
    return wrongColumns(columns).length > 0 ? [] : [{ change, ids: namedIds(columns) }];
  });
}

function isConsistent({ ids }: Option, bound: IdBinding): boolean {
  return ids.every(([name, value]) => mayStandFor(bound, name, value));
}

function matchPlain(
  effects: readonly ExpectedEffect[],
  places: readonly number[],
  changes: readonly Change[],
): [number, Change][] {
  const found = maximumMatching(changes.length, places.length, (left, right) => {
    const [change, effect] = [changes[left], effects[places[right] ?? -1]];
    return change !== undefined && effect !== undefined && fits(effect, change);
  });
  return changes.flatMap((change, left): [number, Change][] => {
    const place = places[found[left] ?? -1];
    return place === undefined ? [] : [[place, change]];
  });
}
