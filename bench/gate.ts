/**
 * What the gate says of agents whose true pass rates are known: `node bench/gate.ts [simulations] [seed]`.
 *
 * Each row draws an agent's pass rates, a baseline and a candidate, and asks `judge`. "no change" is the false-alarm
 * rate, the other rows are power. The same seed prints the same table.
 */

import type { Baseline } from '../ci/baseline.ts';
import type { Candidate } from '../ci/candidate.ts';
import { judge } from '../ci/gate.ts';
import { DEFAULT_POLICY } from '../ci/gate-policy.ts';
import { RunId, ScenarioId, TrialId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { micros } from '../domain/units.ts';
import type { VERDICT_KINDS } from '../domain/verdict.ts';

type Random = () => number;
type Rates = readonly number[];

const PASSED: Outcome = { kind: 'passed' };
const FAILED: Outcome = { kind: 'failed', failure: 'missed', explanation: '' };

/** True pass rates of a suite's scenarios. */
const SUITES: Record<string, (random: Random) => number> = {
  /** As fitted to gpt-4o on the airline tasks of τ-bench: most scenarios near 0 or near 1, mean .43. */
  'mixed (.43)': (random) => beta(random, 0.64, 0.86),
  /** A suite that a team has brought to green. */
  'healthy (.95)': (random) => beta(random, 9.5, 0.5),
  /** Simulated models without a seeded fault: every trial passes. */
  'certain (1.00)': () => 1,
};

/** What a change does to them. */
const CHANGES: Record<string, (rates: Rates) => Rates> = {
  'no change': (rates) => rates,
  'all 10 points worse': (rates) => worseBy(0.1, rates),
  'all 20 points worse': (rates) => worseBy(0.2, rates),
  'best scenario breaks (to .15)': (rates) => {
    const best = rates.indexOf(Math.max(...rates));
    return rates.map((rate, place) => (place === best ? 0.15 : rate));
  },
};

const SIZES = [
  { scenarios: 10, trials: 3, baseline: 12 },
  { scenarios: 50, trials: 3, baseline: 12 },
];

const [simulations = 2000, seed = 1] = process.argv.slice(2).map(Number);

console.log(`${simulations} simulations a row, seed ${seed}, margin ${DEFAULT_POLICY.margin}\n`);
console.log('| scenarios x trials (baseline) | pass rates | change | fail | inconclusive | pass |');
console.log('|---|---|---|---|---|---|');
for (const size of SIZES) {
  for (const [suite, draw] of Object.entries(SUITES)) {
    for (const [change, apply] of Object.entries(CHANGES)) {
      const random = generator(seed);
      const counts = { pass: 0, fail: 0, inconclusive: 0, 'cannot-measure': 0 };
      for (let simulation = 0; simulation < simulations; simulation++) {
        const before = Array.from({ length: size.scenarios }, () => draw(random));
        const candidate = candidateOf(apply(before), size.trials, random);
        counts[
          judge({ candidate, baseline: baselineOf(before, size.baseline, random), policy: DEFAULT_POLICY })
            .kind
        ]++;
      }
      const share = (kind: (typeof VERDICT_KINDS)[number]) => (counts[kind] / simulations).toFixed(3);
      const shape = `${size.scenarios} x ${size.trials} (${size.baseline})`;
      console.log(
        `| ${shape} | ${suite} | ${change} | ${share('fail')} | ${share('inconclusive')} | ${share('pass')} |`,
      );
    }
  }
}

/** Every rate lowered in proportion, so that their mean falls by `drop`. */
function worseBy(drop: number, rates: Rates): Rates {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return rates.map((rate) => rate * Math.max(0, 1 - drop / mean));
}

function candidateOf(rates: Rates, each: number, random: Random): Candidate {
  const trials = rates.flatMap((rate, scenario) =>
    Array.from({ length: each }, (_, index) => ({
      id: TrialId.parse((scenario * each + index).toString(16).padStart(24, '0')),
      scenarioId: scenarioId(scenario),
      cluster: String(scenario),
      digest: 'same',
      index,
      outcome: random() < rate ? PASSED : FAILED,
      violations: [],
      replayed: false,
      figures: { duration: micros(0), virtualDuration: micros(0), cost: null, steps: null },
    })),
  );
  return {
    pack: 'bench',
    agent: 'bench',
    model: 'bench',
    replayed: false,
    ended: true,
    scenariosPlanned: rates.map((_, scenario) => scenarioId(scenario)),
    trialsPlanned: trials.length,
    firstLook: each,
    trials,
  };
}

function baselineOf(rates: Rates, each: number, random: Random): Baseline {
  const scenarios = rates.map((rate, scenario) => {
    const passed = Array.from({ length: each }, random).filter((drawn) => drawn < rate).length;
    const trials = Array.from({ length: each }, (_, place) => ({
      run: RunId.parse('bench'),
      passed: place < passed,
      ...{ steps: null, virtualDuration: null, cost: null },
    }));
    return [scenarioId(scenario), { digest: 'same', trials }];
  });
  return {
    version: 2,
    pack: 'bench',
    agent: 'bench',
    model: 'bench',
    runs: [],
    scenarios: Object.fromEntries(scenarios),
  };
}

function scenarioId(place: number): ScenarioId {
  return ScenarioId.parse(`bench/s${place}`);
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

/** A small seeded generator in [0, 1): a Weyl sequence through the finaliser of MurmurHash3. */
function generator(from: number): Random {
  let state = from >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
