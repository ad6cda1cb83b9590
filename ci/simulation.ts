import { RunId, type ScenarioId, TrialId } from '../domain/ids.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Baseline, BaselineTrial } from './baseline.ts';
import type { Candidate, CandidateTrial } from './candidate.ts';
import { judge } from './gate.ts';
import type { GatePolicy } from './gate-policy.ts';

/** A trial as it is drawn. */
export type Drawn = Pick<CandidateTrial, 'outcome' | 'figures' | 'violations'>;

/** A scenario of which trials can be drawn: of the main branch, and of the change. */
export type DrawnScenario = {
  scenarioId: ScenarioId;
  cluster: string;
  before(random: () => number): Drawn;
  after(random: () => number): Drawn;
};

export type Simulated = {
  verdict: Verdict;
  baseline: Baseline;
  /** What other gates would see: the trials that were planned. */
  firstLook: readonly CandidateTrial[];
  /** Trials of the candidate in all. */
  played: number;
};

const RUN = RunId.parse('simulated');
const OF = { pack: 'simulated', agent: 'simulated', model: 'simulated' } as const;

/**
 * One pull request: draws a baseline and a candidate, judges them, draws the trials that the gate asks for, and so on
 * until it asks for none. Pure but for `random`.
 *
 * @param depth of the baseline, in trials of each scenario.
 */
export function simulate(
  scenarios: readonly DrawnScenario[],
  depth: number,
  policy: GatePolicy,
  random: () => number,
): Simulated {
  const past: Record<ScenarioId, Baseline['scenarios'][ScenarioId]> = {};
  for (const { scenarioId, before } of scenarios) {
    past[scenarioId] = {
      digest: 'same',
      trials: Array.from({ length: depth }, () => blessed(before(random))),
    };
  }
  const baseline: Baseline = { version: 2, ...OF, runs: [], scenarios: past };
  const byId = new Map(scenarios.map((scenario) => [scenario.scenarioId, scenario]));
  const counts = new Map<ScenarioId, number>();
  const trials: CandidateTrial[] = [];
  const play = (scenarioId: ScenarioId, count: number) => {
    const scenario = byId.get(scenarioId);
    for (let left = scenario ? count : 0; left > 0 && scenario; left--) {
      const index = counts.get(scenarioId) ?? 0;
      counts.set(scenarioId, index + 1);
      const { outcome, figures, violations } = scenario.after(random);
      trials.push({
        id: TrialId.parse((trials.length + 1).toString(16).padStart(24, '0')),
        scenarioId,
        cluster: scenario.cluster,
        digest: 'same',
        index,
        replayed: false,
        ...{ outcome, figures, violations },
      });
    }
  };
  for (const { scenarioId } of scenarios) play(scenarioId, policy.trials);
  const firstLook = trials.slice();
  for (;;) {
    const verdict = judge({ candidate: candidateOf(scenarios, trials, policy), baseline, policy });
    const wants = verdict.evidence?.wants ?? [];
    if (wants.length === 0) return { verdict, baseline, firstLook, played: trials.length };
    for (const want of wants) play(want.scenarioId, want.trials);
  }
}

function candidateOf(
  scenarios: readonly DrawnScenario[],
  trials: readonly CandidateTrial[],
  policy: GatePolicy,
): Candidate {
  return {
    ...OF,
    replayed: false,
    ended: true,
    scenariosPlanned: scenarios.map(({ scenarioId }) => scenarioId),
    trialsPlanned: trials.length,
    firstLook: policy.trials,
    trials,
  };
}

function blessed({ outcome, figures }: Drawn): BaselineTrial {
  const { steps, virtualDuration, cost } = figures;
  return { run: RUN, passed: outcome.kind === 'passed', steps, virtualDuration, cost };
}
