import type { ScenarioId } from '../domain/ids.ts';
import type { Outcome } from '../domain/outcome.ts';
import { micros, nanoUsd } from '../domain/units.ts';
import type { Baseline, BaselineTrial } from './baseline.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { MISSED, PASSED, sampleRun, sampleTrialId, scenarioId } from './sample-run.ts';

/** Candidates and baselines for the tests of the gate. Scenario `s` is `sdr/s<s>`. */

const figures = { duration: micros(1e6), virtualDuration: micros(4e6), cost: nanoUsd(4e6), steps: 5 };

export function trial(
  id: string,
  index: number,
  outcome: Outcome,
  changes: Partial<CandidateTrial> = {},
): CandidateTrial {
  return {
    id: sampleTrialId(id, index),
    scenarioId: scenarioId(id),
    cluster: id,
    digest: `digest of ${id}`,
    index,
    outcome,
    violations: [],
    replayed: false,
    figures,
    ...changes,
  };
}

/** Its first look is all it has, unless the changes say otherwise. */
export function candidate(trials: readonly CandidateTrial[], changes: Partial<Candidate> = {}): Candidate {
  return {
    pack: 'sdr',
    agent: 'alice-react',
    model: 'sim/sdr',
    replayed: false,
    ended: true,
    scenariosPlanned: [...new Set(trials.map((one) => one.scenarioId))],
    trialsPlanned: trials.length,
    firstLook: Math.max(1, ...trials.map(({ index }) => index + 1)),
    trials,
    ...changes,
  };
}

/** `passes[s]` of `each` trials of scenario `s` passed, the first ones. */
export function suite(passes: readonly number[], each: number, from = 0): CandidateTrial[] {
  return passes.flatMap((passed, s) =>
    Array.from({ length: each }, (_, place) =>
      trial(`sdr/s${s}`, from + place, place < passed ? PASSED : MISSED),
    ),
  );
}

export function blessed(passed: number, each: number): BaselineTrial[] {
  const { duration: _, ...known } = figures;
  return Array.from({ length: each }, (_, place) => ({
    run: sampleRun().id,
    passed: place < passed,
    ...known,
  }));
}

/** `passes[s]` of `each` trials of scenario `s` passed on the main branch. */
export function baseline(passes: readonly number[], each: number, changes: Partial<Baseline> = {}): Baseline {
  const scenarios: Record<ScenarioId, Baseline['scenarios'][ScenarioId]> = {};
  for (const [s, passed] of passes.entries()) {
    scenarios[scenarioId(`sdr/s${s}`)] = { digest: `digest of sdr/s${s}`, trials: blessed(passed, each) };
  }
  return {
    version: 2,
    pack: 'sdr',
    agent: 'alice-react',
    model: 'sim/sdr',
    runs: [{ id: sampleRun().id, agentVersion: '0.1.0', commit: null, at: '2026-11-21T09:00:00.000Z' }],
    scenarios,
    ...changes,
  };
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
