import { reachOf } from '../domain/statistics/cluster-mean.ts';
import { detectableDrop } from '../domain/statistics/detectable-drop.ts';
import { normalBelow } from '../domain/statistics/normal.ts';
import { type NanoUsd, nanoUsd } from '../domain/units.ts';
import type { Baseline } from './baseline.ts';

/** What a run of so many trials of each scenario would be worth, and cost. */
export type PlanRow = {
  trials: number;
  /** Of all its trials together; `null`: some scenario has no priced trial. */
  cost: NanoUsd | null;
  /** The uniform drop of the pass rate found with 80 %; `null`: none would be. */
  drop: number | null;
  /** By margin: how often an agent that did not change passes at the first look. */
  passes: readonly { margin: number; chance: number }[];
};

/**
 * What runs of different sizes would show against this baseline, by its pass rates, depths and costs. Pure.
 *
 * With v the variance of a trial in its scenario, k and B trials a side and n scenarios, the mean difference of an
 * unchanged agent scatters by SE = sqrt(sum of v (1/k + 1/B)) / n; it passes where it lies above t SE - margin.
 */
export function planRows(
  baseline: Baseline,
  sizes: readonly number[],
  margins: readonly number[],
): PlanRow[] {
  const scenarios = Object.values(baseline.scenarios).map(({ trials }) => {
    const passed = trials.filter(({ passed: yes }) => yes).length;
    const priced = trials.flatMap(({ cost }) => (cost === null ? [] : [cost]));
    return {
      rate: (passed + 0.5) / (trials.length + 1),
      depth: trials.length,
      cost: priced.length === 0 ? null : priced.reduce((sum, one) => sum + one, 0) / priced.length,
    };
  });
  const clusters = new Set(Object.entries(baseline.scenarios).map(([id, { cluster = id }]) => cluster)).size;
  return sizes.map((trials) => {
    const variance = scenarios.reduce(
      (sum, { rate, depth }) => sum + rate * (1 - rate) * (1 / trials + 1 / depth),
      0,
    );
    const error = Math.sqrt(variance) / scenarios.length;
    const costs = scenarios.map(({ cost }) => cost);
    return {
      trials,
      cost: costs.includes(null)
        ? null
        : nanoUsd(trials * costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0)),
      drop: detectableDrop(
        scenarios.map(({ rate, depth }) => ({ rate, candidate: trials, baseline: depth })),
      ),
      passes: margins.map((margin) => ({
        margin,
        chance: normalBelow(margin / error - reachOf(0.9, clusters)),
      })),
    };
  });
}

/** An unchanged agent is to pass at the first look as often as this, or the size is too small. */
export const WANTED_CHANCE = 0.8;

/** The smallest size that is enough for the margin and within the money; `null`: none of these. */
export function smallestEnough(
  rows: readonly PlanRow[],
  margin: number,
  maxUsd: number | null,
): PlanRow | null {
  return (
    rows.find(({ passes, cost }) => {
      const chance = passes.find((one) => one.margin === margin)?.chance ?? 0;
      const isAffordable = maxUsd === null || (cost !== null && cost <= maxUsd * 1e9);
      return chance >= WANTED_CHANCE && isAffordable;
    }) ?? null
  );
}
