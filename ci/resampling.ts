import type { ScenarioId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { micros } from '../domain/units.ts';
import type { Baseline, BaselineTrial } from './baseline.ts';
import type { Drawn, DrawnScenario } from './simulation.ts';

const PASSED: Outcome = { kind: 'passed' };
const FAILED: Outcome = { kind: 'failed', failure: 'missed', explanation: 'drawn' };

/** Chance that a trial which passed fails after the change, by scenario. */
export type Damage = (scenarioId: ScenarioId) => number;

/** Trials of stored scenarios, drawn with replacement, and what they would be after a change for the worse. */
export function resampled({ scenarios }: Baseline, damage: Damage = () => 0): DrawnScenario[] {
  const entries = Object.entries(scenarios) as [ScenarioId, Baseline['scenarios'][ScenarioId]][];
  return entries.map(([scenarioId, { cluster = scenarioId, trials }]) => ({
    scenarioId,
    cluster,
    before: (random) => drawnOf(one(trials, random), 0, random),
    after: (random) => drawnOf(one(trials, random), damage(scenarioId), random),
  }));
}

/** Lowers every pass rate in proportion, so that their mean falls by this. */
export function uniformDrop(baseline: Baseline, drop: number): Damage {
  const rates = Object.values(baseline.scenarios).map(rateOf);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const chance = Math.min(1, drop / Math.max(mean, Number.EPSILON));
  return () => chance;
}

/** Breaks the most reliable scenario: it passes three times in twenty. */
export function oneBroken({ scenarios }: Baseline): Damage {
  const rates = Object.entries(scenarios).map(([id, scenario]) => ({ id, rate: rateOf(scenario) }));
  const best = rates.reduce((most, one) => (one.rate > most.rate ? one : most), { id: '', rate: 0 });
  return (id) => (id === best.id ? Math.max(0, 1 - 0.15 / best.rate) : 0);
}

export function rateOf({ trials }: Baseline['scenarios'][ScenarioId]): number {
  return trials.filter(({ passed }) => passed).length / trials.length;
}

function one(trials: readonly BaselineTrial[], random: () => number): BaselineTrial {
  const drawn = trials[Math.floor(random() * trials.length)];
  if (!drawn) throw new RangeError('expected at least one trial to draw from');
  return drawn;
}

function drawnOf(trial: BaselineTrial, damage: number, random: () => number): Drawn {
  const { passed, steps, virtualDuration, cost } = trial;
  const isPassed = passed && !(damage > 0 && random() < damage);
  return {
    outcome: isPassed ? PASSED : FAILED,
    violations: [],
    figures: {
      duration: micros(0),
      virtualDuration: virtualDuration ?? micros(0),
      cost,
      steps,
    },
  };
}
