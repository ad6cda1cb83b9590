import { createHash } from 'node:crypto';
import type { RunId, ScenarioId, TrialId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { Scenario } from '../../domain/scenario.ts';

/** One trial before it runs. */
export type TrialPlan = {
  id: TrialId;
  scenario: Scenario;
  index: number;
  seed: string;
  /** Of its world's hosts: no other trial that runs at about the same time has it. */
  port: number;
};

/** Above those that fetch refuses to ask. */
const firstPort = 20_000;
const ports = 40_000;

/** The id of a trial: the same trial of a resumed run keeps it. */
export function trialIdOf(runId: RunId, scenarioId: ScenarioId, index: number): TrialId {
  const digest = createHash('sha256')
    .update(JSON.stringify([runId, scenarioId, index]))
    .digest('hex');
  return digest.slice(0, 24) as TrialId;
}

/**
 * All trials of a run: the first of every scenario, then the second of every one, so that an early look sees the whole
 * pack. A trial's seed comes from the run's seed and its own place, never from the run's id: the same seed replays the
 * same trials in another run.
 */
export function planTrials(
  run: Pick<Run, 'id' | 'seed'>,
  scenarios: readonly Scenario[],
  trialsPerScenario: number,
): TrialPlan[] {
  return Array.from({ length: trialsPerScenario }, (_, index) =>
    scenarios.map((scenario, place) => ({
      id: trialIdOf(run.id, scenario.id, index),
      scenario,
      index,
      seed: `${run.seed}/${scenario.id}/${index}`,
      port: firstPort + ((index * scenarios.length + place) % ports),
    })),
  ).flat();
}
