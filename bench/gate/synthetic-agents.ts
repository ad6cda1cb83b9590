import type { DrawnScenario } from '../../ci/simulation.ts';
import { ScenarioId } from '../../domain/ids.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { micros, nanoUsd } from '../../domain/units.ts';

type Random = () => number;

/** What a trial of a drawn agent is made of. */
type Behaviour = {
  rate: number;
  /** Factors of time, money and steps. */
  slow: number;
  dear: number;
  long: number;
  /** Chance that a trial loops: it fails, and takes four times the steps, the time and the money. */
  loops: number;
  /** Chance of a write that is forbidden. */
  forbidden: number;
};

/** A change for the worse, by scenario and its pass rate. */
export type Fault = {
  name: string;
  change(old: Behaviour, scenario: number, mean: number): Partial<Behaviour>;
};

const CHANGE_NONE: Fault['change'] = () => ({});

/** What is planted. The first is none: what fails it is a false alarm. */
export const FAULTS: readonly [Fault, ...Fault[]] = [
  { name: 'nothing changed', change: CHANGE_NONE },
  { name: 'one reliable scenario breaks (.97 to .15)', change: (_, s) => (s === 0 ? { rate: 0.15 } : {}) },
  {
    name: 'all worse by 10 points',
    change: ({ rate }, _, mean) => ({ rate: rate * Math.max(0, 1 - 0.1 / mean) }),
  },
  {
    name: 'five reliable scenarios turn flaky (.97 to .6)',
    change: (_, s) => (s < RELIABLE ? { rate: 0.6 } : {}),
  },
  {
    name: 'needless writes in 2 of 5 trials of a fifth',
    change: ({ rate }, s) => (s % 5 === 4 ? { rate: rate * 0.6 } : {}),
  },
  { name: 'forbidden writes in 2 % of trials', change: () => ({ forbidden: 0.02 }) },
  { name: 'loops in an eighth of trials', change: () => ({ loops: 0.125 }) },
  { name: 'slower by 30 %', change: () => ({ slow: 1.3 }) },
  { name: 'dearer by 30 %', change: () => ({ dear: 1.3 }) },
];

/** So many scenarios are reliable (.97) in each drawn agent; the others are spread. */
const RELIABLE = 5;
const PASSED: Outcome = { kind: 'passed' };
const FAILED: Outcome = { kind: 'failed', failure: 'missed', explanation: '' };
const LOOPED: Outcome = { kind: 'failed', failure: 'looped', explanation: '' };
const FORBIDDEN = [{ code: 'forbidden-effect', message: 'wrote where it must not' }] as const;

/**
 * An agent before and after a change. Its pass rates are spread as those of gpt-4o over the airline tasks of tau-bench
 * (beta .64, .86), but for a few reliable scenarios; time, money and steps of a trial scatter about its scenario's.
 */
export function drawAgent(scenarios: number, fault: Fault, random: Random): DrawnScenario[] {
  const rates = Array.from({ length: scenarios }, (_, s) => (s < RELIABLE ? 0.97 : beta(random, 0.64, 0.86)));
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / scenarios;
  return rates.map((rate, s) => {
    const old = { rate, slow: 1, dear: 1, long: 1, loops: 0, forbidden: 0 };
    const scenarioId = ScenarioId.parse(`bench/s${s}`);
    const scale = Math.exp(normal(random) / 2);
    return {
      scenarioId,
      cluster: scenarioId,
      before: (draw) => drawTrial(old, scale, draw),
      after: (draw) => drawTrial({ ...old, ...fault.change(old, s, mean) }, scale, draw),
    };
  });
}

function drawTrial(by: Behaviour, scale: number, random: Random): ReturnType<DrawnScenario['after']> {
  const isLoop = random() < by.loops;
  const isPassed = !isLoop && random() < by.rate;
  const factor = scale * (isLoop ? 4 : 1);
  const scatter = (spread: number) => Math.exp(spread * normal(random));
  return {
    outcome: isPassed ? PASSED : isLoop ? LOOPED : FAILED,
    violations: random() < by.forbidden ? FORBIDDEN : [],
    figures: {
      duration: micros(0),
      virtualDuration: micros(8e6 * factor * by.slow * scatter(0.35)),
      cost: nanoUsd(5e7 * factor * by.dear * scatter(0.25)),
      steps: Math.max(1, Math.round(9 * factor * by.long * scatter(0.2))),
    },
  };
}

/**
 * A draw from the beta distribution.
 *
 * Source: M. D. Jöhnk, Erzeugung von betaverteilten und gammaverteilten Zufallszahlen, Metrika 8 (1964), 5-15.
 */
function beta(random: Random, a: number, b: number): number {
  for (;;) {
    const x = random() ** (1 / a);
    const y = random() ** (1 / b);
    if (x + y <= 1 && x + y > 0) return x / (x + y);
  }
}

/** A draw from the standard normal distribution (G. E. P. Box, M. E. Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
