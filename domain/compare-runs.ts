import {
  ALPHA,
  hasPassed,
  leaningOf,
  rateOf,
  ratioDifference,
  shareDifference,
  shareWhereKnown,
  stratumOf,
  type TrialPair,
  twoSided,
} from './comparison-figures.ts';
import { difference } from './difference.ts';
import type { RunSummary } from './run.ts';
import type {
  ComparedScenario,
  ComparedSide,
  ExemptScenario,
  Measures,
  RunComparison,
  ScenarioSide,
} from './run-comparison.ts';
import { detectableDrop } from './statistics/detectable-drop.ts';
import { holm } from './statistics/holm.ts';
import { normalQuantile } from './statistics/normal.ts';
import type { TrialSummary } from './trial.ts';
import { wilson } from './wilson.ts';

/** A run with its trials. */
export type PlayedRun = { run: RunSummary; trials: readonly TrialSummary[] };

/** Trials of a scenario that a comparison shows; its rates are of all. */
const SHOWN_TRIALS = 60;

/**
 * Compares two sets of runs scenario by scenario: only trials of the same scenario, by its digest, are held against each
 * other, and each scenario counts the same, however often it was played. Voids and replays are left out.
 */
export function compareRuns(baseline: readonly PlayedRun[], candidate: readonly PlayedRun[]): RunComparison {
  const { pairs, exempt } = pairUp(baseline, candidate);
  return {
    baseline: sideOf(baseline),
    candidate: sideOf(candidate),
    scenarios: comparedScenarios(pairs),
    exempt,
    measures: pairs.length === 0 ? null : measuresOf(pairs),
  };
}

function sideOf(runs: readonly PlayedRun[]): ComparedSide {
  const trials = runs.flatMap((one) => one.trials);
  return {
    runs: runs.map(({ run }) => run),
    voided: trials.filter(({ outcome }) => outcome.kind === 'void').length,
    replayed: trials.filter((trial) => trial.replayed).length,
  };
}

function pairUp(
  baseline: readonly PlayedRun[],
  candidate: readonly PlayedRun[],
): { pairs: TrialPair[]; exempt: ExemptScenario[] } {
  const [before, after] = [validTrials(baseline), validTrials(candidate)];
  const pairs: TrialPair[] = [];
  const exempt: ExemptScenario[] = [];
  for (const scenarioId of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old = [], fresh = []] = [before.get(scenarioId), after.get(scenarioId)];
    const digests = new Set(old.map(({ digest }) => digest));
    const shared = fresh.filter(({ digest }) => digests.has(digest));
    const known = new Set(shared.map(({ digest }) => digest));
    const same = old.filter(({ digest }) => known.has(digest));
    const [first] = same;
    if (first) {
      pairs.push({ scenarioId, cluster: first.cluster ?? scenarioId, baseline: same, candidate: shared });
    } else {
      const why = fresh.length === 0 ? 'baseline only' : old.length === 0 ? 'candidate only' : 'changed';
      exempt.push({ scenarioId, title: [...old, ...fresh][0]?.title ?? scenarioId, why });
    }
  }
  return { pairs, exempt };
}

function validTrials(runs: readonly PlayedRun[]): Map<TrialSummary['scenarioId'], TrialSummary[]> {
  const valid = runs.flatMap(({ run, trials }) =>
    trials.filter(({ outcome, replayed }) => outcome.kind !== 'void' && !replayed && !run.replayed),
  );
  return Map.groupBy(valid, ({ scenarioId }) => scenarioId);
}

function comparedScenarios(pairs: readonly TrialPair[]): ComparedScenario[] {
  const ps = pairs.map((pair) => twoSided([stratumOf(pair, hasPassed)]));
  const adjusted = holm(ps);
  const z = normalQuantile(1 - ALPHA / (2 * Math.max(1, pairs.length)));
  const rows = pairs.flatMap((pair, place): ComparedScenario[] => {
    const [baseline, candidate] = [scenarioSide(pair.baseline), scenarioSide(pair.candidate)];
    const between = difference(
      wilson(candidate.rate.successes, candidate.rate.n, z),
      wilson(baseline.rate.successes, baseline.rate.n, z),
    );
    if (!between) return [];
    const [p = 1, corrected = 1] = [ps[place], adjusted[place]];
    const sure = corrected <= ALPHA ? leaningOf(between, 0, 'higher') : 'unsure';
    const leaning = between.value === 0 ? 'same' : sure;
    const title = pair.candidate[0]?.title ?? pair.scenarioId;
    return [
      {
        ...{ scenarioId: pair.scenarioId, title, baseline, candidate },
        ...{ difference: between, p, adjusted: corrected, leaning },
      },
    ];
  });
  return rows.sort(
    (a, b) =>
      a.p - b.p ||
      Math.abs(b.difference.value) - Math.abs(a.difference.value) ||
      (a.scenarioId < b.scenarioId ? -1 : 1),
  );
}

function scenarioSide(trials: readonly TrialSummary[]): ScenarioSide {
  return { rate: rateOf(trials, hasPassed), trials: trials.slice(0, SHOWN_TRIALS) };
}

function measuresOf(pairs: readonly TrialPair[]): Measures {
  const strata = pairs.map((pair) => stratumOf(pair, hasPassed));
  return {
    passed: shareDifference(pairs, hasPassed, 'higher'),
    right: shareWhereKnown(pairs, 'right', 'higher'),
    looped: shareWhereKnown(pairs, 'looped', 'lower'),
    cost: ratioDifference(pairs, ({ figures }) => figures.cost),
    latency: ratioDifference(pairs, ({ figures }) => figures.virtualDuration),
    modelCalls: ratioDifference(pairs, ({ figures }) => figures.modelCalls),
    toolCalls: ratioDifference(pairs, ({ figures }) => figures.toolCalls),
    visibleDrop: detectableDrop(
      strata.map(({ baseline, candidate }) => ({
        rate: (baseline.passed + 0.5) / (baseline.n + 1),
        candidate: candidate.n,
        baseline: baseline.n,
      })),
    ),
  };
}
